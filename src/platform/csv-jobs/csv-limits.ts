/** A longer record is treated as a quote that was never closed. */
export const MAX_RECORD_BYTES = 1024 * 1024;
export const MAX_COLUMNS = 1_000;
