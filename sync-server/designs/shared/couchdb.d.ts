/** What CouchDB's query server gives a map function. */
declare function emit(key: unknown, value: unknown): void;
