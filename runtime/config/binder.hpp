// Binder: the visitor that loads: Node in, members out, complaints for all that does not fit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/node.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

class Binder final : public Visitor {
 public:
  /// @param root must outlive the binder
  Binder(const Node& root, Source& source, Complaints& complaints);
  /// Keys of the top table that are no member of the struct.
  void known_at_top(std::string key) { tables_.front().known.push_back(std::move(key)); }
  /// Complains about unknown keys of the top table; call last.
  void finish();

 protected:
  void number(std::string_view key, double& value, const Spec& spec) override;
  void integer(std::string_view key, std::int64_t& value, const Spec& spec) override;
  void flag(std::string_view key, bool& value, const Spec& spec) override;
  void text(std::string_view key, std::string& value, const Spec& spec) override;
  void choice(std::string_view key, int& value, Names names, const Spec& spec) override;
  void figure(std::string_view key, Figure& value, const Spec& spec) override;
  void figures(std::string_view key, Figures& value, const Spec& spec) override;
  void numbers(std::string_view key, std::vector<double>& value, const Spec& spec) override;
  void integers(std::string_view key, std::vector<std::int64_t>& value, const Spec& spec) override;
  void texts(std::string_view key, std::vector<std::string>& value, const Spec& spec) override;
  void choices(std::string_view key, std::vector<int>& value, Names names,
               const Spec& spec) override;
  void parameters(std::string_view key, Parameters& value, const Spec& spec) override;
  bool enter(std::string_view key, const Spec& spec) override;
  void leave() override;
  std::size_t begin_list(std::string_view key, std::size_t size, const Spec& spec) override;
  bool begin_element(std::size_t index) override;
  void end_element() override;
  void end_list() override;

 private:
  struct Table {
    const Node* node;
    std::string path;
    std::vector<std::string> known;
  };
  struct Field {
    const Node* node = nullptr;
    std::string path;
    std::string_view key;
    const Spec* spec = nullptr;
  };
  struct List {
    const Node* node;
    std::string path;
  };

  /// The field's node, or nullptr when it does not stand in the file (and need not).
  Field take(std::string_view key, const Spec& spec);
  Field item(const Field& field, std::size_t index);
  void complain(const Field& field, const std::string& what);
  void wrong(const Field& field, const std::string& needs);
  /// An array with a permitted number of entries.
  bool is_array(const Field& field, const std::string& needs);
  bool count_fits(const Field& field);
  bool as_number(const Field& field, double& value);
  bool as_integer(const Field& field, std::int64_t& value);
  bool as_text(const Field& field, std::string& value);
  bool as_choice(const Field& field, Names names, int& value);
  void as_numbers(const Field& field, std::vector<double>& value);
  /// Reads source and grade of `{ value = .., source = .., grade = .. }`; returns the value's
  /// field.
  template <class T>
  Field sourced(const Field& field, Sourced<T>& out);
  void parameter(const Field& field, Parameter& value);
  void close(const Table& table);

  Source& source_;
  Complaints& complaints_;
  std::vector<Table> tables_;
  std::vector<List> lists_;
};

}  // namespace saggar::config
