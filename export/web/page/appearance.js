// Language and theme: what the system says, until the reader presses a button. The choice is kept where that is possible.
import { speak, tr } from "./words.js";

function kept(name) {
  try {
    return localStorage.getItem(`convae-${name}`);
  } catch {
    return null; // a page opened from disk, or a browser that keeps nothing
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(`convae-${name}`, value);
  } catch {
    // The choice holds until the page is closed.
  }
}

/** Sets both up; `changed` is called after the language did. */
export function dress(changed) {
  const [language, theme] = [document.getElementById("language"), document.getElementById("theme")];
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chinese = (kept("language") ?? navigator.language).startsWith("zh");
  let chosen = kept("theme");

  const show = () => {
    const isDark = chosen === null ? system.matches : chosen === "dark";
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    theme.textContent = isDark ? tr("Light") : tr("Dark");
  };
  const say = () => {
    speak(chinese);
    language.textContent = chinese ? "English" : "中文";
    language.lang = chinese ? "en" : "zh-CN";
    show();
  };
  language.addEventListener("click", () => {
    chinese = !chinese;
    keep("language", chinese ? "zh" : "en");
    say();
    changed();
  });
  theme.addEventListener("click", () => {
    chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    keep("theme", chosen);
    show();
  });
  system.addEventListener("change", show);
  say();
}
