;;; What a person does in Emacs: look at the findings, choose a quick fix, save.  -*- lexical-binding: t -*-
;; What was seen goes to $REPORT as JSON.

(require 'json)
(require 'cl-lib)

(defvar report nil)
(defvar findings (string-to-number (getenv "FINDINGS")))

(defun wait (wanted reached)
  (let ((end (+ (float-time) 60)))
    (while (not (funcall reached))
      (when (> (float-time) end) (error "Waited in vain for %s" wanted))
      (accept-process-output nil 0.05))))

(defun found ()
  (flymake-start)
  (flymake-diagnostics))

(defun place (position)
  (save-excursion
    (goto-char position)
    (cons (line-number-at-pos) (1+ (- position (line-beginning-position))))))

(defun seen ()
  (vconcat
   (mapcar (lambda (one)
             (let ((start (place (flymake-diagnostic-beg one)))
                   (end (place (flymake-diagnostic-end one))))
               `((message . ,(flymake-diagnostic-text one))
                 (severity . ,(format "%s" (flymake-diagnostic-type one)))
                 (line . ,(car start)) (column . ,(cdr start))
                 (end_line . ,(car end)) (end_column . ,(cdr end)))))
           (flymake-diagnostics))))

(defun choose (_prompt titles &rest _)
  "Answer the question which action to take."
  (let ((titles (all-completions "" titles)))
    (push (cons 'offered (vconcat titles)) report)
    (cl-find-if (lambda (title) (string-search (getenv "TITLE") title)) titles)))

(defun session ()
  (find-file (getenv "FILE"))
  ;; eglot connects after the first command in a buffer, and batch mode has none
  (run-hooks 'post-command-hook)
  (wait "the server" #'eglot-current-server)
  (wait "the findings" (lambda () (= findings (length (found)))))
  (push (cons 'found (seen)) report)
  (push (cons 'encoding (or (plist-get (eglot--capabilities (eglot-current-server)) :positionEncoding) "utf-16")) report)
  (let ((one (cl-find-if (lambda (one) (string-search (getenv "MESSAGE") (flymake-diagnostic-text one)))
                         (flymake-diagnostics)))
        (before (buffer-chars-modified-tick)))
    (goto-char (flymake-diagnostic-beg one))
    ;; a key was pressed, so the question is asked in the minibuffer and not in a menu
    (setq last-nonmenu-event ?x)
    (cl-letf (((symbol-function 'completing-read) #'choose))
      (call-interactively #'eglot-code-actions))
    (wait "the fix" (lambda () (> (buffer-chars-modified-tick) before))))
  (eglot--signal-textDocument/didChange)
  (wait "the finding to go" (lambda () (= (1- findings) (length (found)))))
  (push (cons 'left (seen)) report)
  (save-buffer)
  (eglot-shutdown (eglot-current-server)))

(condition-case problem
    (session)
  (error (push (cons 'problem (format "%S" problem)) report)))
(let ((coding-system-for-write 'utf-8))
  (write-region (json-encode report) nil (getenv "REPORT")))
(kill-emacs)
