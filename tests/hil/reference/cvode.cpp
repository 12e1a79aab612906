#include "tests/hil/reference/cvode.hpp"

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace saggar::reference {

struct Cvode::Parts {
  RightHandSide rhs;
  double time_s = 0;
  SUNContext context = nullptr;
  N_Vector y = nullptr, absolute = nullptr;
  SUNMatrix matrix = nullptr;
  SUNLinearSolver solver = nullptr;
  void* memory = nullptr;

  ~Parts() {
    if (memory != nullptr) CVodeFree(&memory);
    if (solver != nullptr) SUNLinSolFree(solver);
    if (matrix != nullptr) SUNMatDestroy(matrix);
    if (absolute != nullptr) N_VDestroy(absolute);
    if (y != nullptr) N_VDestroy(y);
    if (context != nullptr) SUNContext_Free(&context);
  }
};

namespace {

void need(int flag, const char* what) {
  if (flag < 0) {
    throw std::runtime_error("the reference solver could not " + std::string(what) + " (code " +
                             std::to_string(flag) + ")");
  }
}

int evaluate(realtype time_s, N_Vector y, N_Vector dydt, void* user) {
  const auto& rhs = *static_cast<RightHandSide*>(user);
  rhs(time_s, N_VGetArrayPointer(y), N_VGetArrayPointer(dydt));
  return 0;
}

}  // namespace

Cvode::Cvode(RightHandSide rhs, const std::vector<double>& start, double relative,
             const std::vector<double>& absolute, double longest_step_s)
    : parts_(std::make_unique<Parts>()) {
  Parts& p = *parts_;
  p.rhs = std::move(rhs);
  const auto n = static_cast<sunindextype>(start.size());
  need(SUNContext_Create(nullptr, &p.context), "start");
  p.y = N_VNew_Serial(n, p.context);
  p.absolute = N_VNew_Serial(n, p.context);
  std::copy(start.begin(), start.end(), N_VGetArrayPointer(p.y));
  std::copy(absolute.begin(), absolute.end(), N_VGetArrayPointer(p.absolute));
  p.memory = CVodeCreate(CV_BDF, p.context);
  need(CVodeInit(p.memory, evaluate, 0.0, p.y), "begin");
  need(CVodeSetUserData(p.memory, &p.rhs), "take the equations");
  need(CVodeSVtolerances(p.memory, relative, p.absolute), "take the tolerances");
  p.matrix = SUNDenseMatrix(n, n, p.context);
  p.solver = SUNLinSol_Dense(p.y, p.matrix, p.context);
  need(CVodeSetLinearSolver(p.memory, p.solver, p.matrix), "take the linear solver");
  need(CVodeSetMaxNumSteps(p.memory, 1'000'000), "take the number of steps");
  if (longest_step_s > 0) need(CVodeSetMaxStep(p.memory, longest_step_s), "take the longest step");
}

Cvode::~Cvode() = default;

void Cvode::to(double time_s) {
  Parts& p = *parts_;
  need(CVodeSetStopTime(p.memory, time_s), "take the time to stop at");
  while (p.time_s < time_s) {
    need(CVode(p.memory, time_s, p.y, &p.time_s, CV_NORMAL), "get on");
  }
}

double Cvode::time_s() const noexcept { return parts_->time_s; }
const double* Cvode::y() const noexcept { return N_VGetArrayPointer(parts_->y); }

SolverWork Cvode::work() const {
  SolverWork out;
  long extra = 0;
  CVodeGetNumSteps(parts_->memory, &out.steps);
  CVodeGetNumRhsEvals(parts_->memory, &out.evaluations);
  CVodeGetNumJacEvals(parts_->memory, &out.jacobians);
  CVodeGetNumLinRhsEvals(parts_->memory, &extra);
  out.evaluations += extra;
  return out;
}

}  // namespace saggar::reference
