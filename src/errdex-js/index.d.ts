/** What went wrong, from the caller's point of view. */
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

/**
 * What decided the classification; "wording" is a judgement of the wording model, as no entry lists the message; "none"
 * if the text is not an API error.
 */
export type Basis = "message" | "code" | "field" | "wording" | "exception" | "status" | "none";

/** What else fails the same way. */
export type Scope = "request" | "model" | "key" | "account" | "provider" | "network";

/** What to do next. */
export type Action =
  | "retry"
  | "wait"
  | "change_request"
  | "shorten"
  | "switch_model"
  | "fix_credentials"
  | "add_funds"
  | "contact_support"
  | "none";

/** What an error is, whether to retry, and what to change. */
export interface Answer {
  /** Id of the matching entry, such as `cohere/prompt-too-long`. */
  readonly entry: string | null;
  /** The provider whose error it is. */
  readonly provider: string | null;
  /** HTTP status as seen, otherwise the entry's. */
  readonly status: number | null;
  /** Machine code as seen. */
  readonly code: string | null;
  readonly category: Category;
  /** Whether the same request, sent again after at most a few minutes, has a fair chance of succeeding. */
  readonly retryable: boolean;
  /** Seconds to wait, if anything says so; null if `retryable` is false. */
  readonly retry_after: number | null;
  /** What else fails the same way. */
  readonly scope: Scope;
  /** What to do next. */
  readonly action: Action;
  /** Seconds until the limit opens again, however long; null if nothing says so. */
  readonly resets_in: number | null;
  /** The entry's title. */
  readonly title: string;
  /** What to change, with params filled in. */
  readonly fix: string;
  /** Values found in the message, by name. */
  readonly params: Readonly<Record<string, number | string | readonly string[]>>;
  readonly basis: Basis;
  /** URL of the entry's page. */
  readonly docs_url: string | null;
  /** URL where the vendor, or someone who ran into it, shows the error. */
  readonly source_url: string | null;
  /** How often answers of this basis are right, from 0 to 1; for "wording", how likely the category is. */
  readonly confidence: number;
  /** Whether the service or the way to it is at fault: what a circuit breaker counts. */
  readonly is_outage: boolean;
}

/** A catalog that is ready to classify. */
export interface Catalog {
  /**
   * Identify an error: what was caught, a response of fetch, a parsed body, or a text of any kind, such as a message, a
   * log line or a traceback. Never throws; the `basis` of what is no API error is "none".
   */
  classify(raw: unknown): Answer;
  /** Identify the API error in a text of which nobody says that it is an error, such as a log line. */
  detect(text: string): Answer;
  /** Ids of up to `count` entries whose messages share the most words with a text, best first. */
  closest(text: string, count: number): string[];
}

/** A compiled catalog. */
export interface Rules {
  readonly format: number;
}

/** Create a catalog from rules, or the built-in one without rules. */
export function createCatalog(rules?: Rules): Catalog;

/** Identify an error with the built-in catalog; see `Catalog.classify`. */
export function classify(raw: unknown): Answer;

/** Identify the API error in a text, if there is one, with the built-in catalog; see `Catalog.detect`. */
export function detect(text: string): Answer;
