// Reads the words for the person aloud, where the device has a Vietnamese voice.

const speech = window.speechSynthesis;
const voice = () => speech?.getVoices().find((one) => one.lang.toLowerCase().startsWith("vi"));

export const canSpeak = () => Boolean(voice());
export const silence = () => speech?.cancel();
export const whenVoicesCome = (tell) => speech?.addEventListener?.("voiceschanged", tell);

export function speak(text, done) {
  silence();
  const utterance = new SpeechSynthesisUtterance(text.replace(/[«»…]/g, " "));
  Object.assign(utterance, { voice: voice(), lang: "vi-VN", rate: 0.9, onend: done, onerror: done });
  speech.speak(utterance);
}
