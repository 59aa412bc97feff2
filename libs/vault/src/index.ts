export * from './personal-fields';
export * from './subject-erased';
export * from './vault';
