import { Controller, Delete, Get, HttpCode, HttpStatus, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { RequiresSession } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/signed-in';
import { SessionParamsDto, SignInSessionListDto } from './administrators.dto';
import { SignInsService } from './sign-ins.service';

@ApiTags('account')
@Controller('account/sessions')
export class OwnSessionsController {
  constructor(private readonly signIns: SignInsService) {}

  @Get()
  @RequiresSession()
  @ApiOperation({ summary: 'Where you are signed in' })
  @ZodResponse({ type: SignInSessionListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.signIns.listOwn(by);
  }

  @Delete()
  @RequiresSession()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Signs you out everywhere but here' })
  endOthers(@CurrentSession() by: SignedIn): Promise<void> {
    return this.signIns.endOwnOthers(by);
  }

  @Delete(':id')
  @RequiresSession()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Signs you out in one place' })
  end(@Param() { id }: SessionParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.signIns.endOwn(id, by);
  }
}
