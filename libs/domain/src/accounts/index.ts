export * from './account';
export * from './account-events';
export * from './email-address';
export * from './password';
