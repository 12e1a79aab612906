// GivenModel: the model file that a control file gives to a controller or to the filter.
#pragma once

#include <map>
#include <string>

#include "runtime/config/control_config.hpp"
#include "runtime/config/kiln_config.hpp"
#include "runtime/config/model_config.hpp"

namespace saggar::config {

/// Text of one file and what stands for the file in messages.
struct NamedText {
  std::string name, text;
};

struct GivenModel {
  std::string file;    ///< as messages and the journal call it
  std::string at;      ///< "control.toml:9:1", where the control file names it
  ModelConfig config;  ///< its hash is not checked here
};

/// Both by the name of the controller; that of the filter by kFilterModel.
using ModelTexts = std::map<std::string, NamedText>;
using GivenModels = std::map<std::string, GivenModel>;

/// Texts of the model files that `control` names. A path that is not absolute is taken from the
/// folder of the control file, which is `control.name`. A file that cannot be read is complained of
/// at the line that names it; a control file that is wrong itself names none.
ModelTexts read_models(const NamedText& control, Complaints& complaints);

/// The models of a control file that has been read into `control` and `source`, each complained of
/// in its own file, also where it does not belong to this kiln. @param kiln nullptr: not known
GivenModels load_models(const ControlConfig& control, const Source& source, const ModelTexts& texts,
                        const KilnConfig* kiln, Complaints& complaints);

/// Every tag of the model is one of the kiln's, in the unit that the model says.
void check_against(const KilnConfig& kiln, const ModelConfig& model, Checks& model_checks);

}  // namespace saggar::config
