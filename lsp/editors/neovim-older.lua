-- mdreview in Neovim 0.7 to 0.10: copy this file into ~/.config/nvim/plugin/

local clients = {} -- by root; only Neovim 0.7 needs it

local function root_of(file)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  local place, above = folder, vim.fn.fnamemodify(folder, ":h")
  while place ~= above do
    if vim.loop.fs_stat(place .. "/.git") then
      return place
    end
    place, above = above, vim.fn.fnamemodify(above, ":h")
  end
  return folder
end

vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile" }, {
  group = vim.api.nvim_create_augroup("mdreview", {}),
  pattern = { "*.md", "*.markdown", "*.mdx", "*.qmd", "*.Rmd" },
  callback = function(event)
    local root = root_of(vim.api.nvim_buf_get_name(event.buf))
    local config = {
      name = "mdreview",
      cmd = { "mdreview-lsp" },
      root_dir = root,
      settings = { mdreview = {} }, -- for example { language = "zh" }
    }
    if vim.lsp.start then
      vim.lsp.start(config)
    else
      clients[root] = clients[root] or vim.lsp.start_client(config)
      vim.lsp.buf_attach_client(event.buf, clients[root])
    end
  end,
})
