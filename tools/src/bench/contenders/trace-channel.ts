/** Channel on which a thread says which networks it ran; messages are lists of output shapes. */
export const TRACE_CHANNEL = 'munjigi-bench-networks';
