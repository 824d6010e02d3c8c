#include "scenarios/cli/manual.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <vector>

#include "base/text/strings.hpp"

namespace casewire::scenarios {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

bool is_positional(const CLI::Option& option) { return option.get_lnames().empty() && option.get_snames().empty(); }

/// What stands behind it: "FILE"; empty for a flag.
std::string value_of(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return {};
  const std::string text(trimmed(option.get_option_text()));
  return text.empty() ? std::string("VALUE") : text;
}

/// "--jobs -j", without the forms that say no.
std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  return names;
}

std::string first_sentence(std::string text) {
  const auto end = std::min(text.find(". "), text.find(" ("));
  return end == std::string::npos ? text : text.substr(0, end);
}

std::string each_replaced(std::string text, char old, std::string_view by) {
  std::string out;
  for (const char c : text) {
    if (c == old) out += by;
    if (c != old) out += c;
  }
  return out;
}

/// Text for roff: no line begins with a command, no dash becomes a hyphen.
std::string roff(const std::string& text) {
  std::string out = each_replaced(each_replaced(text, '\\', "\\e"), '-', "\\-");
  std::string lines;
  for (const std::string_view line : split(out, '\n')) {
    if (line.starts_with('.') || line.starts_with('\'')) lines += "\\&";
    lines += std::string(line) + "\n";
  }
  while (lines.ends_with("\n\n")) lines.pop_back();
  return lines;
}

std::string options_in_roff(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : command.get_options()) {
    std::string head;
    for (const std::string& name : names_of(*option)) head += (head.empty() ? "" : ", ") + name;
    if (is_positional(*option)) head = value_of(*option);
    const std::string value = is_positional(*option) ? std::string() : value_of(*option);
    text += ".TP\n\\fB" + each_replaced(head, '-', "\\-") + "\\fR" +
            (value.empty() ? "" : " \\fI" + each_replaced(value, '-', "\\-") + "\\fR") + "\n" + roff(option->get_description());
  }
  return text;
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  std::string commands, cases;
  for (const CLI::App* command : commands_of(app)) {
    commands += (commands.empty() ? "" : " ") + command->get_name();
    std::string words, with_value;
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : names_of(*option)) {
        words += (words.empty() ? "" : " ") + name;
        if (!value_of(*option).empty()) with_value += (with_value.empty() ? "" : "|") + name;
      }
    }
    cases += "    " + command->get_name() + ")\n";
    if (!with_value.empty()) cases += "      case $previous in " + with_value + ") return ;; esac\n";
    cases += "      options='" + words + "' ;;\n";
  }
  return "# Completion of casewire for bash: casewire completion bash\n"
         "_casewire() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} options=\n"
         "  COMPREPLY=()\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W '" +
         commands + " --help --version' -- \"$word\")\n    return\n  fi\n  case ${COMP_WORDS[1]} in\n" + cases +
         "  esac\n"
         "  # Anything else is a file, which readline completes itself.\n"
         "  case $word in -*) mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\") ;; esac\n"
         "}\n"
         "complete -o default -F _casewire casewire\n";
}

std::string zsh_completion(const CLI::App& app) {
  const auto quoted = [](const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (c == '[' || c == ']' || c == ':') out += '\\';
      out += c == '\'' ? std::string("'\\''") : std::string(1, c == '\n' ? ' ' : c);
    }
    return out;
  };
  std::string commands, cases;
  for (const CLI::App* command : commands_of(app)) {
    commands += "    '" + command->get_name() + ":" + quoted(first_sentence(command->get_description())) + "'\n";
    cases += "    " + command->get_name() + ")\n      _arguments \\\n";
    for (const CLI::Option* option : command->get_options()) {
      if (is_positional(*option)) continue;
      const std::string value = value_of(*option);
      for (const std::string& name : names_of(*option)) {
        cases += "        '*" + name + "[" + quoted(first_sentence(option->get_description())) + "]" +
                 (value.empty() ? "" : ":" + quoted(value) + ":_files") + "' \\\n";
      }
    }
    cases += "        '*:file:_files' ;;\n";
  }
  return "#compdef casewire\n# Completion of casewire for zsh: casewire completion zsh\n"
         "_casewire() {\n  local -a commands\n  commands=(\n" +
         commands +
         "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
         "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n" +
         cases + "  esac\n}\n_casewire \"$@\"\n";
}

std::string manual_page(const CLI::App& app, const std::string& version) {
  std::string text = ".TH CASEWIRE 1 \"\" \"casewire " + version + "\" \"Casewire\"\n.SH NAME\ncasewire \\- " +
                     roff(app.get_description()) + ".SH SYNOPSIS\n.B casewire\n.I COMMAND\n[options]\n.SH COMMANDS\n";
  for (const CLI::App* command : commands_of(app)) {
    text += ".TP\n\\fB" + command->get_name() + "\\fR\n" + roff(command->get_description());
  }
  text += ".SH EXAMPLES\n.nf\n" + roff(app.get_footer()) + ".fi\n";
  for (const CLI::App* command : commands_of(app)) {
    std::string title = "CASEWIRE " + command->get_name();
    std::transform(title.begin(), title.end(), title.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    text += ".SH \"" + title + "\"\n" + roff(command->get_description()) + options_in_roff(*command);
    if (!command->get_footer().empty()) text += ".PP\n.nf\n" + roff(command->get_footer()) + ".fi\n";
  }
  return text + ".SH \"SEE ALSO\"\n.BR casewire\\-bridge (1)\n";
}

}  // namespace casewire::scenarios
