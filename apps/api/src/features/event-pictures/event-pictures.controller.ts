import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { eventIdSchema } from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { EventPicturesService } from './event-pictures.service';

class EventParamsDto extends createZodDto(z.object({ id: eventIdSchema })) {}

@ApiTags('events')
@Controller('events')
export class EventPicturesController {
  constructor(private readonly pictures: EventPicturesService) {}

  @Get(':id/picture')
  @Requires('people:read')
  @ApiOperation({ summary: 'The picture of the face that the door took at a visit' })
  @ApiProduces('image/jpeg')
  // It is gone when the person is erased: nothing of it is left in a browser for long.
  @Header('Cache-Control', 'private, max-age=300')
  async picture(@Param() { id }: EventParamsDto, @CurrentSession() by: SignedIn): Promise<StreamableFile> {
    return new StreamableFile(await this.pictures.jpeg(id, by), { type: 'image/jpeg' });
  }
}
