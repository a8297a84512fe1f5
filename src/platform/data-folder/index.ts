export { DataFolderUnusable, FILE_REASONS, makeDataFolder } from './data-folder';
