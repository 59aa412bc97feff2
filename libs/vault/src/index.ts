export * from './personal-payload';
export * from './subject-erased';
export * from './text-unreadable';
export * from './vault';
export * from './vault-full';
export * from './vault-unavailable';
