import { installDemoMedia, installModels } from '../models/install';

/** Makes models and media lie ready. Touches the network only where they do not yet. */
export default async function globalSetup(): Promise<void> {
  await installModels();
  await installDemoMedia();
}
