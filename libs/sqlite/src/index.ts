export * from './file-watch';
export * from './foreign-schema';
export * from './hindrance';
export * from './passive-path';
export * from './result-code';
export * from './thread';
export * from './when-free';
