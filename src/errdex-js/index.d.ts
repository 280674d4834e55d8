/** What went wrong, from the caller's side. */
export type Category =
  | "invalid_request"
  | "context_length"
  | "unsupported"
  | "authentication"
  | "permission"
  | "billing"
  | "quota"
  | "not_found"
  | "conflict"
  | "rate_limit"
  | "content_filter"
  | "cancelled"
  | "timeout"
  | "overloaded"
  | "server_error"
  | "connection"
  | "not_ready"
  | "unknown";

/** What decided; "none" where the text is no API error at all. */
export type Basis = "message" | "code" | "field" | "exception" | "status" | "none";

/** What an error is, whether to retry, and what to change. */
export interface Answer {
  /** Id of the matching entry, such as `cohere/prompt-too-long`. */
  readonly entry: string | null;
  /** Whose error it is. */
  readonly provider: string | null;
  /** HTTP status as seen, else the entry's. */
  readonly status: number | null;
  /** Machine code as seen. */
  readonly code: string | null;
  readonly category: Category;
  /** Would the same request, sent again after at most a few minutes, have a fair chance? */
  readonly retryable: boolean;
  /** Seconds to wait, if anything says so; null where `retryable` is false. */
  readonly retry_after: number | null;
  /** The entry's title. */
  readonly title: string;
  /** What to change, with the params filled in. */
  readonly fix: string;
  /** Values of the message's holes. */
  readonly params: Readonly<Record<string, number | string | readonly string[]>>;
  readonly basis: Basis;
  /** The entry's page. */
  readonly docs_url: string | null;
  /** Where the vendor, or somebody who met it, shows the error. */
  readonly source_url: string | null;
}

/** A catalog, ready to classify. */
export interface Catalog {
  /** Say what a raw error is: a message, a JSON body, a log line, a traceback, whatever stands around it. */
  classify(text: string): Answer;
  /** Ids of up to `count` entries whose messages share most words with a text, best first. */
  closest(text: string, count: number): string[];
}

/** A compiled catalog, as `errdex build` writes it to `data/rules.json`. */
export interface Rules {
  readonly format: number;
}

/** Make a catalog ready; the built-in one without rules. */
export function createCatalog(rules?: Rules): Catalog;

/** Say what a raw error is, by the built-in catalog. */
export function classify(text: string): Answer;
