import { AppError } from '../../platform/errors/app-error';

export function noPicture(): AppError {
  return new AppError('not-found', 'events/no-picture', 'There is no picture of this event.', {
    detail: 'The door took none, it has not come yet, or it is no longer kept.',
  });
}

/** What came is not the picture that it was said to be. */
export function wrongHash(): AppError {
  return new AppError('invalid', 'images/wrong-hash', 'The parts are not the picture that was announced.', {
    detail: 'Nothing of it was kept. Send it again from its first byte.',
  });
}

/** The picture was announced with another size before. */
export function otherSize(): AppError {
  return new AppError('invalid', 'images/other-size', 'The picture was begun with another size.');
}
