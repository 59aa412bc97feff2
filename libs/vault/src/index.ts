export * from './personal-payload';
export * from './subject-erased';
export * from './vault';
export * from './vault-full';
export * from './vault-unavailable';
