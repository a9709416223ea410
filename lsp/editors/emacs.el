;;; mdreview in Emacs, with eglot and markdown-mode: put this into your init file -*- lexical-binding: t -*-

;; eglot comes with Emacs 29 and newer; both packages can be had with M-x package-install.

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((markdown-mode gfm-mode) . ("mdreview-lsp"))))

;; Quarto, R Markdown and MDX, where no other mode has been chosen for them
(dolist (ending '("\\.qmd\\'" "\\.[Rr]md\\'" "\\.mdx\\'"))
  (add-to-list 'auto-mode-alist (cons ending 'markdown-mode) t))

(add-hook 'markdown-mode-hook #'eglot-ensure)

;; (setq-default eglot-workspace-configuration '(:mdreview (:language "zh")))
