/** The code stands behind the `#`, so that browsers send it to no server and no log has it. */
export const signInLink = (url: string, code: string): string => `${url}/sign-in#${code}`;
