// Uses the whole public interface; `npm run types` checks it.
import { type Answer, type Basis, type Catalog, type Category, classify, createCatalog, detect } from "../index";

const answer: Answer = classify("invalid api token");
const known: boolean = answer.basis !== "none";
const category: Category = answer.category;
const basis: Basis = answer.basis;
const sure: boolean = answer.confidence > 0.5 && detect("all is well").basis === "none";
const wait: number = answer.retry_after ?? 1;
for (const [name, value] of Object.entries(answer.params)) {
  const shown: string = typeof value === "object" ? value.join(", ") : String(value);
  [name, shown].join("=");
}

const catalog: Catalog = createCatalog({ format: 6 });
const found: Answer = catalog.detect("invalid api token");
const ids: string[] = catalog.closest("too many tokens", 3);

try {
  JSON.parse("{");
} catch (error) {
  if (classify(error).retryable) throw error;
}
// @ts-expect-error: only text is accepted
detect(429);
// @ts-expect-error: not a category
const unheard: Category = "teapot";
// @ts-expect-error: answers are read-only
answer.retryable = true;
// @ts-expect-error: may be null
answer.entry.length;

export { basis, category, found, ids, known, sure, unheard, wait };
