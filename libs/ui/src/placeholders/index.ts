export { Empty } from './empty';
export { Skeleton } from './skeleton';
