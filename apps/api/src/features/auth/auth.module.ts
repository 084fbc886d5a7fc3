import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module';
import { AccountController } from './account.controller';
import { AccountService } from './account.service';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { PasskeyChallenges } from './passkey-challenges';
import { PasskeySignIn } from './passkey-sign-in';
import { PasskeysController } from './passkeys.controller';
import { PasskeysService } from './passkeys.service';

@Module({
  imports: [AdministratorsModule],
  controllers: [AccountController, AuthController, PasskeysController],
  providers: [AccountService, AuthService, PasskeyChallenges, PasskeySignIn, PasskeysService],
  exports: [AuthService],
})
export class AuthModule {}
