#include "tests/bench/mpc_peer.hpp"

#include <IpIpoptApplication.hpp>
#include <IpTNLP.hpp>

namespace saggar::bench {
namespace {

using Ipopt::Index;
using Ipopt::Number;

/// Sparse: inputs, states and slacks are variables, dynamics, rates and bands rows.
class Sparse final : public Ipopt::TNLP {
 public:
  Sparse(const kq::Case& c, const kq::Step& step) : c_(c), step_(step) {
    slacks_ = c.soft() ? c.nz * c.N : 0;
    variables_ = c.N * (c.m + c.n) + slacks_;
    rows_ = c.N * (c.n + c.m) + 2 * slacks_;
    for (int k = 0; k < c.N; ++k) fill(k);
  }
  std::vector<double> u;

  bool get_nlp_info(Index& n, Index& m, Index& jacobian, Index& hessian,
                    IndexStyleEnum& style) override {
    n = variables_, m = rows_, jacobian = static_cast<Index>(entries_.size());
    hessian = variables_ + (c_.N - 1) * c_.m, style = C_STYLE;
    return true;
  }
  bool get_bounds_info(Index n, Number* low, Number* high, Index, Number* from,
                       Number* to) override {
    for (Index i = 0; i < n; ++i) low[i] = -1e19, high[i] = 1e19;
    for (int k = 0; k < c_.N; ++k) {
      for (int i = 0; i < c_.m; ++i) {
        low[k * c_.m + i] = c_.umin[i], high[k * c_.m + i] = c_.umax[i];
        const double before = k == 0 ? step_.uprev[i] : 0.0;
        from[rate(k, i)] = before - c_.dumax[i], to[rate(k, i)] = before + c_.dumax[i];
      }
      for (int i = 0; i < c_.n; ++i) from[k * c_.n + i] = to[k * c_.n + i] = right_[k * c_.n + i];
      for (int i = 0; c_.soft() && i < c_.nz; ++i) {
        const int at = i + (step_.t + k + 1) * c_.nz;
        low[slack(k, i)] = 0;
        from[band(k, i)] = -1e19, to[band(k, i)] = c_.hi[at];
        from[band(k, i) + 1] = c_.lo[at], to[band(k, i) + 1] = 1e19;
      }
    }
    return true;
  }
  bool get_starting_point(Index n, bool, Number* x, bool, Number*, Number*, Index, bool,
                          Number*) override {
    std::fill_n(x, n, 0.0);
    return true;
  }
  bool eval_f(Index n, const Number* x, bool, Number& f) override {
    std::vector<Number> g(static_cast<std::size_t>(n));
    (void)eval_grad_f(n, x, true, g.data());
    f = 0;  // of a quadratic: half of (gradient + gradient at 0) times x, and a constant
    std::vector<Number> nothing(static_cast<std::size_t>(n), 0.0), at_0(nothing);
    (void)eval_grad_f(n, nothing.data(), true, at_0.data());
    for (Index i = 0; i < n; ++i) {
      const auto e = static_cast<std::size_t>(i);
      f += 0.5 * (g[e] + at_0[e]) * x[i];
    }
    return true;
  }
  bool eval_grad_f(Index, const Number* x, bool, Number* g) override {
    for (int k = 0; k < c_.N; ++k) {
      for (int i = 0; i < c_.m; ++i) {
        const int e = k * c_.m + i;
        const double before = k == 0 ? step_.uprev[i] : x[e - c_.m];
        g[e] = c_.R[i] * x[e] + c_.S[i] * (x[e] - before);
        if (k + 1 < c_.N) g[e] -= c_.S[i] * (x[e + c_.m] - x[e]);
      }
      const auto& q = k + 1 == c_.N ? c_.Qf : c_.Q;
      for (int i = 0; i < c_.n; ++i) {
        g[state(k, i)] = q[i] * (x[state(k, i)] - c_.ref[i + (step_.t + k + 1) * c_.n]);
      }
      for (int i = 0; c_.soft() && i < c_.nz; ++i) {
        g[slack(k, i)] = c_.rho1 + c_.rho2 * x[slack(k, i)];
      }
    }
    return true;
  }
  bool eval_g(Index, const Number* x, bool, Index m, Number* g) override {
    std::fill_n(g, m, 0.0);
    for (const Entry& e : entries_) g[e.row] += e.value * x[e.col];
    return true;
  }
  bool eval_jac_g(Index, const Number*, bool, Index, Index, Index* row, Index* col,
                  Number* value) override {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (value == nullptr) {
        row[i] = entries_[i].row, col[i] = entries_[i].col;
      } else {
        value[i] = entries_[i].value;
      }
    }
    return true;
  }
  bool eval_h(Index, const Number*, bool, Number of, Index, const Number*, bool, Index, Index* row,
              Index* col, Number* value) override {
    for (int i = 0; i < variables_; ++i) {
      if (value == nullptr) {
        row[i] = col[i] = i;
      } else {
        value[i] = of * diagonal(i);
      }
    }
    for (int e = c_.m; e < c_.N * c_.m; ++e) {
      const int at = variables_ + e - c_.m;
      if (value == nullptr) {
        row[at] = e, col[at] = e - c_.m;
      } else {
        value[at] = -of * c_.S[e % c_.m];
      }
    }
    return true;
  }
  void finalize_solution(Ipopt::SolverReturn, Index, const Number* x, const Number*, const Number*,
                         Index, const Number*, const Number*, Number, const Ipopt::IpoptData*,
                         Ipopt::IpoptCalculatedQuantities*) override {
    u.assign(x, x + c_.N * c_.m);
  }

 private:
  struct Entry {
    int row, col;
    double value;
  };
  int state(int k, int i) const { return c_.N * c_.m + k * c_.n + i; }
  int slack(int k, int i) const { return c_.N * (c_.m + c_.n) + k * c_.nz + i; }
  int rate(int k, int i) const { return c_.N * c_.n + k * c_.m + i; }
  int band(int k, int i) const { return c_.N * (c_.n + c_.m) + 2 * (k * c_.nz + i); }
  double diagonal(int i) const {
    if (i < c_.N * c_.m) {
      return c_.R[i % c_.m] + c_.S[i % c_.m] * (i < (c_.N - 1) * c_.m ? 2 : 1);
    }
    if (i >= c_.N * (c_.m + c_.n)) return c_.rho2;
    const int e = i - c_.N * c_.m;
    return (e / c_.n == c_.N - 1 ? c_.Qf : c_.Q)[e % c_.n];
  }
  /// Rows of stage k: x_{k+1} - A x_k - B u_k = w, u_k - u_{k-1}, bands.
  void fill(int k) {
    std::vector<double> a, b;
    c_.AB(step_.t + k, a, b);
    for (int i = 0; i < c_.n; ++i) {
      const int row = k * c_.n + i;
      double right = step_.w[i];
      entries_.push_back({row, state(k, i), 1.0});
      for (int j = 0; j < c_.n; ++j) {
        const double v = a[i + j * c_.n];
        if (k == 0) right += v * step_.x0[j];
        if (k > 0 && v != 0) entries_.push_back({row, state(k - 1, j), -v});
      }
      for (int j = 0; j < c_.m; ++j) {
        if (b[i + j * c_.n] != 0) entries_.push_back({row, k * c_.m + j, -b[i + j * c_.n]});
      }
      right_.push_back(right);
    }
    for (int i = 0; i < c_.m; ++i) {
      entries_.push_back({rate(k, i), k * c_.m + i, 1.0});
      if (k > 0) entries_.push_back({rate(k, i), (k - 1) * c_.m + i, -1.0});
    }
    for (int i = 0; c_.soft() && i < c_.nz; ++i) {
      for (int side = 0; side < 2; ++side) {
        entries_.push_back({band(k, i) + side, state(k, i), 1.0});
        entries_.push_back({band(k, i) + side, slack(k, i), side == 0 ? -1.0 : 1.0});
      }
    }
  }

  const kq::Case& c_;
  kq::Step step_;
  int slacks_, variables_, rows_;
  std::vector<Entry> entries_;
  std::vector<double> right_;
};

}  // namespace

PeerStep ipopt(const ocp::Tape& tape, int t) {
  Ipopt::SmartPtr<Ipopt::IpoptApplication> application = IpoptApplicationFactory();
  application->Options()->SetIntegerValue("print_level", 0);
  application->Options()->SetStringValue("sb", "yes");
  for (const char* constant : {"jac_c_constant", "jac_d_constant", "hessian_constant"}) {
    application->Options()->SetStringValue(constant, "yes");
  }
  application->Options()->SetNumericValue("tol", 1e-8);
  PeerStep out;
  if (application->Initialize() != Ipopt::Solve_Succeeded) return out;
  Ipopt::SmartPtr<Sparse> programme = new Sparse(tape.shape(), tape.step(t));
  const double began = ocp::thread_seconds();
  out.solved = application->OptimizeTNLP(programme) == Ipopt::Solve_Succeeded;
  out.seconds = ocp::thread_seconds() - began;
  double violation = 0;
  out.cost = kq::objective(tape.shape(), tape.step(t), programme->u.data(), &violation);
  return out;
}

}  // namespace saggar::bench
