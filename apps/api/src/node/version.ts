/** Version of the application, written into every event; the same as in package.json (a test compares). */
export const version = '0.1.0';
