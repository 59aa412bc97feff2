/** Context of an operation that goes without cookies (Fetch standard, `credentials`) and without a bearer. */
export const asNobody = { credentials: 'omit' } as const;
