import { Toast, ToastTitle, useToastController } from '@fluentui/react-components';
import { TOASTER } from './toaster.ts';

/** Says that an act was done. */
export function useEcho(): (text: string) => void {
  const { dispatchToast } = useToastController(TOASTER);
  return (text) =>
    dispatchToast(
      <Toast>
        <ToastTitle>{text}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
}
