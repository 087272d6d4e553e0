//! The transformer encoder (BERT; Devlin et al. 2019, <https://arxiv.org/abs/1810.04805>): ids of pieces to one vector.
//!
//! Takes the numbers of a model once, unpacks and packs them for the matrix product of this processor, chosen at run time;
//! then gives for each window of ids its pooled vector, not yet of unit length. Promises: a window's vector depends on the
//! window alone (every window is its own matrix product) and not on the number of threads. Does not know words.

use rayon::prelude::*;
use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{ApproxGelu, Gelu, Normalize, NormalizeOptions, Softmax, Sum, SumSquareSub};

use super::error::EmbeddingError;
use super::weights::{Table, Weights};

/// Rows of the attention matrix held at once: bounds its memory in long windows.
const ATTENTION_ROWS: usize = 256;

/// The non-linearity between the two halves of a layer's feed-forward part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Activation {
    Gelu,
    GeluTanh,
}

/// How the vectors of a window's pieces become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pooling {
    /// Their mean, special pieces included.
    Mean,
    /// That of the first piece.
    First,
}

/// The sizes and choices of a model.
#[derive(Debug, Clone)]
pub(super) struct Architecture {
    /// The length of a piece's vector.
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    /// The width between the two halves of the feed-forward part.
    pub inner: usize,
    pub vocabulary: usize,
    /// Rows of the table of positions.
    pub positions: usize,
    /// The position of the first piece: 0 for BERT, the padding id + 1 for RoBERTa and XLM-R.
    pub first_position: usize,
    pub segments: usize,
    pub epsilon: f32,
    pub activation: Activation,
    pub pooling: Pooling,
}

/// What the tensors of a container are called.
pub(super) struct Names {
    pub words: String,
    pub positions: String,
    pub segments: String,
    pub norm: String,
    /// Before the number of a layer.
    pub layer: String,
    pub query: &'static str,
    pub key: &'static str,
    pub value: &'static str,
    pub attended: &'static str,
    pub attended_norm: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    pub down_norm: &'static str,
}

struct Linear {
    weights: PackedBMatrix<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// `out = keep * out + rows * weights + bias`.
    fn apply(&self, product: &GemmExecutor, rows: &[f32], out: &mut [f32], keep: f32) -> Result<(), EmbeddingError> {
        let width = self.weights.rows();
        let rows = NdTensorView::from_data([rows.len() / width, width], rows);
        let options = GemmOptions { beta: keep, bias: Some(BiasVector::Row(&self.bias)), ..GemmOptions::default() };
        let (rows, weights) = (GemmInputA::Unpacked(rows), GemmInputB::Packed(&self.weights));
        product.gemm(out, rows, weights, options).map_err(|fault| EmbeddingError::Internal(fault.to_string()))
    }
}

struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

struct Layer {
    /// Query, key and value side by side: one product instead of three.
    project: Linear,
    attended: Linear,
    attended_norm: Norm,
    up: Linear,
    down: Linear,
    down_norm: Norm,
}

/// A model ready to compute.
pub(super) struct Transformer {
    architecture: Architecture,
    words: Table,
    positions: Table,
    segment: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Transformer {
    /// Reads and packs all tensors; `words` is the table of the vocabulary.
    pub fn load(
        architecture: Architecture,
        names: &Names,
        weights: &dyn Weights,
        words: Table,
        positions: Table,
    ) -> Result<Self, EmbeddingError> {
        let (width, inner) = (architecture.width, architecture.inner);
        let norm = |name: &str| -> Result<Norm, EmbeddingError> {
            Ok(Norm {
                scale: weights.numbers(&format!("{name}.weight"), &[width])?,
                shift: weights.numbers(&format!("{name}.bias"), &[width])?,
            })
        };
        let linear = |names: &[String], to: usize, from: usize| -> Result<Linear, EmbeddingError> {
            let (mut matrix, mut bias) = (Vec::new(), Vec::new());
            for name in names {
                matrix.append(&mut weights.numbers(&format!("{name}.weight"), &[to, from])?);
                bias.append(&mut weights.numbers(&format!("{name}.bias"), &[to])?);
            }
            let view = NdTensorView::from_data([bias.len(), from], matrix.as_slice());
            Ok(Linear { weights: GemmExecutor::new().prepack_b(view.transposed()), bias })
        };
        let layer = |index: usize| -> Result<Layer, EmbeddingError> {
            let name = |part: &str| format!("{}{index}.{part}", names.layer);
            Ok(Layer {
                project: linear(&[name(names.query), name(names.key), name(names.value)], width, width)?,
                attended: linear(&[name(names.attended)], width, width)?,
                attended_norm: norm(&name(names.attended_norm))?,
                up: linear(&[name(names.up)], inner, width)?,
                down: linear(&[name(names.down)], width, inner)?,
                down_norm: norm(&name(names.down_norm))?,
            })
        };
        let layers = (0..architecture.layers).into_par_iter().map(layer).collect::<Result<Vec<_>, _>>()?;
        let norm = norm(&names.norm)?;
        // Every piece is of the first segment: texts come alone.
        let mut segment = weights.numbers(&names.segments, &[architecture.segments, width])?;
        segment.truncate(width);
        Ok(Self { architecture, words, positions, segment, norm, layers })
    }

    /// The length of a vector.
    pub fn width(&self) -> usize {
        self.architecture.width
    }

    /// The longest window, special pieces included.
    pub fn longest(&self) -> usize {
        self.architecture.positions - self.architecture.first_position
    }

    /// The pooled vector of a window of ids (at least one, at most [`Self::longest`]).
    pub fn pooled(&self, ids: &[u32]) -> Result<Vec<f32>, EmbeddingError> {
        let width = self.width();
        // The kernel for this processor; cheap to find, and not to be shared between threads.
        let product = GemmExecutor::new();
        let mut states = self.embedded(ids)?;
        let mut context = vec![0.0; states.len()];
        let mut project = vec![0.0; states.len() * 3];
        let mut inner = vec![0.0; ids.len() * self.architecture.inner];
        for layer in &self.layers {
            layer.project.apply(&product, &states, &mut project, 0.0)?;
            self.attend(&product, &project, ids.len(), &mut context)?;
            layer.attended.apply(&product, &context, &mut states, 1.0)?;
            self.normalize(&mut states, &layer.attended_norm);
            layer.up.apply(&product, &states, &mut inner, 0.0)?;
            match self.architecture.activation {
                Activation::Gelu => Gelu {}.map_mut(&mut inner),
                Activation::GeluTanh => ApproxGelu {}.map_mut(&mut inner),
            }
            layer.down.apply(&product, &inner, &mut states, 1.0)?;
            self.normalize(&mut states, &layer.down_norm);
        }
        let mut rows = states.chunks_exact(width);
        let mut pooled = rows.next().map_or_else(|| vec![0.0; width], <[f32]>::to_vec);
        if self.architecture.pooling == Pooling::Mean {
            for row in rows {
                pooled.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
            }
            let share = 1.0 / float(ids.len().max(1));
            for number in &mut pooled {
                *number *= share;
            }
        }
        Ok(pooled)
    }

    /// The sum of each piece's word, position and segment vectors, normalised.
    fn embedded(&self, ids: &[u32]) -> Result<Vec<f32>, EmbeddingError> {
        let width = self.width();
        let mut states = Vec::with_capacity(ids.len() * width);
        let mut place = Vec::with_capacity(width);
        for (index, &id) in ids.iter().enumerate() {
            let start = states.len();
            place.clear();
            let position = u32::try_from(index + self.architecture.first_position).unwrap_or(u32::MAX);
            if !self.words.row(id, &mut states) || !self.positions.row(position, &mut place) {
                let message =
                    format!("piece {id} at position {position} is not in the weights: they are of another model");
                return Err(EmbeddingError::format("tokenizer", message));
            }
            for ((state, place), segment) in states[start..].iter_mut().zip(&place).zip(&self.segment) {
                *state += place + segment;
            }
        }
        self.normalize(&mut states, &self.norm);
        Ok(states)
    }

    /// Scaled dot-product attention over `project` (query, key, value side by side in every row).
    fn attend(
        &self,
        product: &GemmExecutor,
        project: &[f32],
        pieces: usize,
        context: &mut [f32],
    ) -> Result<(), EmbeddingError> {
        let width = self.width();
        let size = width / self.architecture.heads;
        let scale = 1.0 / float(size).sqrt();
        let project = NdTensorView::from_data([pieces, 3 * width], project);
        let rows = pieces.min(ATTENTION_ROWS);
        let (mut shares, mut attended) = (vec![0.0; rows * pieces], vec![0.0; rows * size]);
        for head in (0..width).step_by(size) {
            let keys = project.slice((.., width + head..width + head + size));
            let values = project.slice((.., 2 * width + head..2 * width + head + size));
            for first in (0..pieces).step_by(ATTENTION_ROWS) {
                let last = (first + ATTENTION_ROWS).min(pieces);
                let queries = project.slice((first..last, head..head + size));
                let shares = &mut shares[..(last - first) * pieces];
                let attended = &mut attended[..(last - first) * size];
                let fault = |fault: rten_gemm::GemmError| EmbeddingError::Internal(fault.to_string());
                let options = GemmOptions { alpha: scale, ..GemmOptions::default() };
                let (a, b) = (GemmInputA::Unpacked(queries), GemmInputB::Unpacked(keys.transposed()));
                product.gemm(shares, a, b, options).map_err(fault)?;
                for row in shares.chunks_exact_mut(pieces) {
                    Softmax::new_mut(row).dispatch();
                }
                let shares = NdTensorView::from_data([last - first, pieces], &*shares);
                let (a, b) = (GemmInputA::Unpacked(shares), GemmInputB::Unpacked(values));
                product.gemm(attended, a, b, GemmOptions::default()).map_err(fault)?;
                let into = context[first * width..].chunks_exact_mut(width);
                for (row, part) in into.zip(attended.chunks_exact(size)) {
                    row[head..head + size].copy_from_slice(part);
                }
            }
        }
        Ok(())
    }

    /// Layer normalisation of every row, in place.
    fn normalize(&self, states: &mut [f32], norm: &Norm) {
        let width = float(self.width());
        for row in states.chunks_exact_mut(self.width()) {
            let mean = Sum::new(row).dispatch() / width;
            let variance = SumSquareSub::new(row, mean).dispatch() / width;
            let options = NormalizeOptions {
                pre_scale_bias: mean,
                scale: 1.0 / (variance + self.architecture.epsilon).sqrt(),
                element_scale: Some(&norm.scale),
                element_bias: Some(&norm.shift),
                ..NormalizeOptions::default()
            };
            Normalize::new_mut(row, options).dispatch();
        }
    }
}

/// A size as a number.
#[expect(clippy::cast_precision_loss, reason = "sizes of rows are far below 2^24")]
fn float(size: usize) -> f32 {
    size as f32
}
