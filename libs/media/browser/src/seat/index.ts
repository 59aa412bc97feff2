export * from './media-seat';
