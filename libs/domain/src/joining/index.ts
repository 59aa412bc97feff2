export * from './joining';
export * from './joining-events';
export * from './person-name';
