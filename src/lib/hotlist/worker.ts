import { expose } from 'comlink';
import { Shelf } from './shelf.ts';

/** The worker that holds the lists and matches. */
expose(new Shelf());
