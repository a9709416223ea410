-- mdreview in Neovim 0.11 and newer: copy this file into ~/.config/nvim/plugin/

-- MDX has no file type of its own in every version
if vim.filetype.match({ filename = "a.mdx" }) == nil then
  vim.filetype.add({ extension = { mdx = "markdown.mdx" } })
end

vim.lsp.config("mdreview", {
  cmd = { "mdreview-lsp" },
  filetypes = { "markdown", "markdown.mdx", "mdx", "quarto", "rmd" },
  root_markers = { ".git", ".mdreview.yaml", ".mdreview.yml" },
  settings = { mdreview = {} }, -- for example { language = "zh" }
})
vim.lsp.enable("mdreview")
