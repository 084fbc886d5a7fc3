import { Body, Controller, Get, HttpCode, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Public } from '../../platform/auth/public.decorator';
import { RequiresSession } from '../../platform/auth/requires.decorator';
import { clearSessionCookie, setSessionCookie } from '../../platform/auth/session-cookie';
import type { SignedIn } from '../../platform/auth/session-store';
import { LoginRequestDto, SessionDto } from './auth.dto';
import { AuthService, presentSession } from './auth.service';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('login')
  @Public()
  @ApiOperation({ summary: 'Signs in; the session is set as a cookie' })
  @ZodResponse({ status: HttpStatus.OK, type: SessionDto })
  async login(@Body() body: LoginRequestDto, @Req() req: Request, @Res({ passthrough: true }) res: Response) {
    const { token, ...session } = await this.auth.login(body, req.ip ?? 'unknown');
    setSessionCookie(req, res, token, session.expiresAt);
    return presentSession(session);
  }

  @Post('logout')
  @RequiresSession()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Signs out' })
  async logout(
    @CurrentSession() session: SignedIn,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<void> {
    await this.auth.logout(session);
    clearSessionCookie(req, res);
  }

  @Get('session')
  @RequiresSession()
  @ApiOperation({ summary: 'Who is signed in, and what they may do' })
  @ZodResponse({ type: SessionDto })
  session(@CurrentSession() session: SignedIn) {
    return presentSession(session);
  }
}
