export { endAllGuests, Guest } from './guest';
export { livekitBinary, newFolder, PlantUnderTest, removeFolder } from './plant-under-test';
