export { DataFolderUnusable, makeDataFolder } from './data-folder';
