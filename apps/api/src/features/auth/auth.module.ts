import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';

@Module({ imports: [AdministratorsModule], controllers: [AuthController], providers: [AuthService] })
export class AuthModule {}
