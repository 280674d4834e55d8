// The word index: finds the templates that a text may contain, by up to three key words of each. Twin of
// match/word_index.py.
"use strict";

class WordIndex {
  constructor(rules) {
    this.words = rules.words;
  }

  /** Numbers of the templates whose key words are all in a Set of words, the longest first. */
  candidates(words) {
    const found = [];
    for (const word of words) {
      for (const [second, third, template] of this.words.get(word) ?? []) {
        if (words.has(second) && words.has(third)) found.push(template);
      }
    }
    return found.sort((a, b) => a - b);
  }
}

module.exports = { WordIndex };
