/** Where an error's entry is, as `ERROR_DOCS_URL` has it by default. */
export const errorDocs = (code: string): string => `https://docs.tuco.ai/errors#${code}`;
