// The only translation unit with LibTorch: 8 s and 0.75 GB of compiler each time. C++17, because
// clang cannot read these headers as C++20.
#include "controllers/policy/network.hpp"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/script.h>

#include <cstring>
#include <istream>
#include <stdexcept>
#include <streambuf>
#include <utility>
#include <vector>

// Of the BLAS that LibTorch is linked with; its threads are not LibTorch's. Absent: another BLAS.
extern "C" [[gnu::weak]] void openblas_set_num_threads(int count);

namespace saggar::policy {
namespace {

/// A stream over bytes that stay where they are.
class Bytes final : public std::streambuf {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) {
    // A get area takes char*; nothing writes to it.
    char* begin = const_cast<char*>(reinterpret_cast<const char*>(data));  // NOLINT
    setg(begin, begin, begin + size);
  }

 protected:
  pos_type seekoff(off_type off, std::ios_base::seekdir from,
                   std::ios_base::openmode /*which*/) override {
    const off_type size = egptr() - eback();
    const off_type base = from == std::ios_base::beg   ? 0
                          : from == std::ios_base::cur ? gptr() - eback()
                                                       : size;
    if (off < -base || off > size - base) return pos_type(off_type(-1));
    setg(eback(), eback() + base + off, egptr());
    return base + off;
  }
  pos_type seekpos(pos_type to, std::ios_base::openmode which) override {
    return seekoff(off_type(to), std::ios_base::beg, which);
  }
};

/// The one line of an exception that says something: its others are traces of the library.
std::string plain(const std::exception& error) {
  const std::string text = error.what();
  const std::string sign = "RuntimeError: ";
  const std::size_t at = text.find(sign);
  const std::size_t from = at == std::string::npos ? 0 : at + sign.size();
  return text.substr(from, text.find('\n', from) - from);
}

std::runtime_error refusal(const std::string& name, const std::string& what) {
  return std::runtime_error("network '" + name + "': " + what);
}

/// The counts of threads of LibTorch are those of the calling thread.
void use_one_thread() {
  thread_local bool done = false;
  if (done) return;
  at::set_num_threads(1);
  if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
  done = true;
}

torch::jit::Module read(const std::uint8_t* data, std::size_t size) {
  Bytes buffer(data, size);
  std::istream stream(&buffer);
  torch::jit::Module module = torch::jit::load(stream, torch::Device(torch::kCPU));
  module.eval();
  return module;
}

class TorchNetwork final : public Network {
 public:
  TorchNetwork(std::string name, const torch::jit::Module& module, std::vector<std::uint8_t> file,
               const NetworkShape& shape)
      : name_(std::move(name)),
        file_(std::move(file)),
        shape_(shape),
        module_(module),
        forward_(&module_.get_method("forward").function()),
        x_(shape.inputs, 0.0F) {
    input_ = torch::from_blob(x_.data(), {1, static_cast<std::int64_t>(shape.inputs)},
                              torch::TensorOptions().dtype(torch::kFloat32));
    stack_.reserve(16);
  }

  void run(const float* x, float* y) override {
    use_one_thread();
    try {
      const c10::InferenceMode guard;
      std::memcpy(x_.data(), x, shape_.inputs * sizeof(float));
      stack_.clear();
      stack_.emplace_back(module_._ivalue());
      stack_.emplace_back(input_);
      forward_->run(stack_);
      copy_out(y);
    } catch (const std::exception& error) {
      throw refusal(name_,
                    "cannot be run on [1, " + std::to_string(shape_.inputs) + "]: " + plain(error));
    }
  }

  // By a module of its own: how a module is optimised depends on what it was run for.
  void slopes(const float* x, std::size_t output, float* slope) override {
    use_one_thread();
    try {
      const c10::AutoGradMode on(true);
      if (!differentiable_) {
        differentiable_ = std::make_unique<torch::jit::Module>(read(file_.data(), file_.size()));
      }
      const at::Tensor in = input_.clone();
      std::memcpy(in.data_ptr<float>(), x, shape_.inputs * sizeof(float));
      in.set_requires_grad(true);
      const at::Tensor out = differentiable_->forward({in}).toTensor();
      const at::Tensor one = out.select(1, static_cast<std::int64_t>(output)).sum();
      const at::Tensor grad = torch::autograd::grad({one}, {in})[0].contiguous();
      std::memcpy(slope, grad.data_ptr<float>(), shape_.inputs * sizeof(float));
    } catch (const std::exception& error) {
      throw refusal(name_, "has no slopes: " + plain(error));
    }
  }

 private:
  void copy_out(float* y) const {
    if (stack_.size() != 1 || !stack_[0].isTensor()) {
      throw std::runtime_error("gives no tensor, right is one of [1, " +
                               std::to_string(shape_.outputs) + "]");
    }
    const at::Tensor& out = stack_[0].toTensor();
    if (out.scalar_type() != torch::kFloat32) throw std::runtime_error("gives no float32");
    if (out.dim() != 2 || out.size(0) != 1 ||
        out.size(1) != static_cast<std::int64_t>(shape_.outputs)) {
      std::string found;
      for (const std::int64_t n : out.sizes()) {
        found += (found.empty() ? "" : ", ") + std::to_string(n);
      }
      throw std::runtime_error("gives [" + found + "], right is [1, " +
                               std::to_string(shape_.outputs) +
                               "]: outputs, then predictions, of the manifest");
    }
    if (out.is_contiguous()) {
      std::memcpy(y, out.data_ptr<float>(), shape_.outputs * sizeof(float));
    } else {
      std::memcpy(y, out.contiguous().data_ptr<float>(), shape_.outputs * sizeof(float));
    }
  }

  std::string name_;
  std::vector<std::uint8_t> file_;
  std::unique_ptr<torch::jit::Module> differentiable_;  ///< made when slopes are asked for
  NetworkShape shape_;
  torch::jit::Module module_;
  torch::jit::Function* forward_;
  std::vector<float> x_;
  at::Tensor input_;  ///< over x_
  torch::jit::Stack stack_;
};

torch::jit::Module frozen(const std::string& name, const std::uint8_t* data, std::size_t size) {
  try {
    return torch::jit::freeze(read(data, size));
  } catch (const std::exception& error) {
    throw refusal(name, "is no TorchScript module that can be read: " + plain(error));
  }
}

}  // namespace

std::unique_ptr<Network> load_torchscript(const std::string& name, const std::uint8_t* data,
                                          std::size_t size, const NetworkShape& shape) {
  use_one_thread();
  auto network = std::make_unique<TorchNetwork>(
      name, frozen(name, data, size), std::vector<std::uint8_t>(data, data + size), shape);
  const std::vector<float> x(shape.inputs, 0.0F);
  std::vector<float> y(shape.outputs);
  network->run(x.data(), y.data());
  return network;
}

}  // namespace saggar::policy
