'use client';

/**
 * Two short tones, made in the browser: nothing is fetched.
 *
 * Stays silent where the browser plays nothing yet, as before the first click on a page.
 */
export async function playAlarmSound(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    for (const [index, hertz] of [880, 660].entries())
      tone(context, hertz, context.currentTime + index * 0.22);
    await new Promise((resolve) => setTimeout(resolve, 700));
  } finally {
    await context.close();
  }
}

function tone(context: AudioContext, hertz: number, at: number): void {
  const oscillator = new OscillatorNode(context, { frequency: hertz, type: 'triangle' });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.2);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.21);
}
