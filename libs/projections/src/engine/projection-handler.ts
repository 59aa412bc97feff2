export { handledBy, on } from '@deskside/read-model';
