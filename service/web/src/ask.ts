// The question in words: Enter asks, and the field grows where the style alone cannot make it.

const field = document.querySelector<HTMLTextAreaElement>("#q");
if (field) {
  field.addEventListener("keydown", (event) => {
    // While an accent is being put together, Enter belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form?.requestSubmit();
  });
  if (!CSS.supports("field-sizing", "content")) {
    const grow = (): void => {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
    };
    field.addEventListener("input", grow);
    grow();
  }
}
