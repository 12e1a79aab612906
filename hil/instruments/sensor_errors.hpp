// SensorErrors: what is wrong with one thermocouple beyond a broken or stuck one.
#pragma once

namespace saggar::instruments {

/// Nothing wrong as made. All double: it stands in snapshots byte for byte.
struct SensorErrors {
  double noise_factor = 1;     ///< on the noise of one reading
  double step_K = 0;           ///< coarser than the input card; 0 = the card's own
  double lag_s = 0;            ///< time constant behind the sheath's own
  double gain = 0;             ///< of the temperature in degC
  double cold_junction_K = 0;  ///< error of the compensation
  double spike_K = 0;          ///< now and then
  double reversed = 0;         ///< 1: wires crossed

  bool any() const noexcept {
    return noise_factor != 1 || step_K != 0 || lag_s != 0 || gain != 0 || cold_junction_K != 0 ||
           spike_K != 0 || reversed != 0;
  }
};

/// What such errors mean to a make of sensor and its input card.
struct ErrorFigures {
  double spike_every_s = 60;       ///< mean time between spikes, > 0
  double spike_s = 2;              ///< length of one, > 0
  double cold_junction_degC = 25;  ///< of the terminals: what a reversed sensor is mirrored about
  double downscale_degC = -200;    ///< the least that the card can show
};

}  // namespace saggar::instruments
