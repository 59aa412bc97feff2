export * from './kept-file';
