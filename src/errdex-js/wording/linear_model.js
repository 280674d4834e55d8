// The wording model: adds up the weights of an error's features and tells how likely each category is. Twin of
// wording/linear_model.py; a judgement is { category, probability, retry, foreign, transient }.
"use strict";

const { FIRST, FOREIGN, LEAST, OFFSET, TRANSIENT, UNKNOWN, _OF_STATUS } = require("../constants")("wording.linear_model");

class WordingModel {
  /** `data` is the parsed content of data/weights.json. */
  constructor(data) {
    this.data = data;
    this.places = null;
  }

  /** Feature → its place in each column of weights. */
  get rows() {
    this.places ??= new Map(this.data.features.split("\n").map((name, place) => [name, place]));
    return this.places;
  }

  /** What the features say; null if the model knows too few of them. */
  judge(features, needed = LEAST) {
    const { data, rows } = this;
    const { biases, classes, weights } = data;
    const found = [];
    let [least, unknown] = [needed, 0];
    for (const name of features) {
      const place = rows.get(name);
      if (place === undefined) {
        if (/^\p{L}+$/u.test(name)) unknown += UNKNOWN;
        continue;
      }
      found.push(place);
      if (_OF_STATUS.some((start) => name.startsWith(start))) least += 1;
    }
    if (found.length < least) return null;
    // A column of characters for each class, one for the retry, and one for each feature's share of the length.
    const total = (column) => {
      let sum = 0;
      for (const place of found) sum += Math.max(0, weights.charCodeAt(column * rows.size + place) - FIRST);
      return sum;
    };
    const shift = OFFSET * found.length;
    const scale = 1 / Math.sqrt(total(classes.length + 1) + unknown);
    const scores = biases.map((bias, place) => (total(place) - shift) * scale * data.unit + bias);
    const odds = (total(classes.length) - shift) * scale * data.retry_unit + data.retry_bias;
    const best = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - best));
    const sum = powers.reduce((one, other) => one + other, 0);
    const foreign = classes.indexOf(FOREIGN);
    let [first, passing] = [-1, 0];
    powers.forEach((power, place) => {
      if (TRANSIENT.has(classes[place])) passing += power;
      if (place !== foreign && (first < 0 || power > powers[first])) first = place;
    });
    return {
      category: classes[first],
      probability: powers[first] / (sum - powers[foreign]),
      retry: 1 / (1 + Math.exp(-odds)),
      foreign: powers[foreign] / sum,
      transient: passing / (sum - powers[foreign]),
    };
  }
}

module.exports = { WordingModel };
