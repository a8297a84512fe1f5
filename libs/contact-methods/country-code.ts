/** The calling code of phone numbers that are given without one, where nothing else is said. */
export const DEFAULT_COUNTRY_CODE = '+1';
