import { signatureHeaders } from './sign-message';

// The example of the standard's own libraries.
const KEY = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
const MESSAGE = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: new Date(1614265330_000),
  body: '{"test": 2432232314}',
};

describe('a message', () => {
  it('is signed as the standard’s libraries sign it', () => {
    expect(signatureHeaders(MESSAGE, [KEY])).toEqual({
      'webhook-id': MESSAGE.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is signed with every secret that holds', () => {
    const both = signatureHeaders(MESSAGE, [Buffer.from('other'), KEY])['webhook-signature'];
    expect(both.split(' ')).toHaveLength(2);
    expect(both.split(' ')[1]).toBe(signatureHeaders(MESSAGE, [KEY])['webhook-signature']);
  });
});
