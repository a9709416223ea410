-- What a person does in Neovim: look at the findings, choose a quick fix, save. What was seen goes to $REPORT as JSON.

local buffer = vim.api.nvim_get_current_buf()

local function wait(wanted, reached)
  assert(vim.wait(60000, reached, 50), "waited in vain for " .. wanted)
end

local function found()
  return vim.diagnostic.get(buffer)
end

local function characters(line, bytes)
  return vim.fn.strchars(vim.api.nvim_buf_get_lines(buffer, line, line + 1, true)[1]:sub(1, bytes)) + 1
end

local function seen()
  return vim.tbl_map(function(one)
    return {
      code = one.code,
      message = one.message,
      severity = vim.diagnostic.severity[one.severity],
      line = one.lnum + 1,
      column = characters(one.lnum, one.col),
      end_line = one.end_lnum + 1,
      end_column = characters(one.end_lnum, one.end_col),
    }
  end, found())
end

local report = {}
local done, problem = pcall(function()
  wait("the findings", function() return #found() == tonumber(vim.env.FINDINGS) end)
  report.found = seen()
  report.encoding = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1].offset_encoding
  for _, one in ipairs(found()) do
    if one.code == vim.env.CODE then
      vim.api.nvim_win_set_cursor(0, { one.lnum + 1, one.col })
    end
  end
  vim.ui.select = function(actions, options, choose)
    report.offered = vim.tbl_map(options.format_item, actions)
    for number, title in ipairs(report.offered) do
      if title:find(vim.env.TITLE, 1, true) then
        choose(actions[number], number)
      end
    end
  end
  local before = vim.api.nvim_buf_get_changedtick(buffer)
  vim.lsp.buf.code_action()
  wait("the fix", function() return vim.api.nvim_buf_get_changedtick(buffer) > before end)
  wait("the finding to go", function() return #found() == tonumber(vim.env.FINDINGS) - 1 end)
  report.left = seen()
  vim.cmd("write")
end)
report.problem = not done and tostring(problem) or nil
vim.fn.writefile({ vim.fn.json_encode(report) }, vim.env.REPORT)
vim.cmd("qall!")
