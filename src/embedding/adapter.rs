//! A fine-tuned model as its base and a small adapter (low-rank adaptation; Hu et al. 2022, <https://arxiv.org/abs/2106.09685>).
//!
//! Takes the weights of a base model and a GGUF file with pairs of narrow matrices, named as llama.cpp names them
//! (`NAME.lora_a`, `NAME.lora_b`, `adapter.lora.alpha`); gives weights in which each adapted matrix is `W + alpha / rank · B A`. So nothing
//! is added to the work of a text, and the base stays as it was published. Does not know what a tensor is for.

use super::error::EmbeddingError;
use super::gguf::{Gguf, Value};
use super::weights::{Raw, Weights};

/// The weights of a base model under an adapter.
pub(super) struct Adapted<'a> {
    base: &'a dyn Weights,
    adapter: &'a Gguf,
    alpha: f32,
}

impl<'a> Adapted<'a> {
    /// # Errors
    /// [`EmbeddingError::Format`] for a file that is not such an adapter.
    pub fn new(base: &'a dyn Weights, adapter: &'a Gguf) -> Result<Self, EmbeddingError> {
        let expect = |key: &str, expected: &str| match adapter.value(key)? {
            Value::Text(found) if found == expected => Ok(()),
            found => {
                Err(EmbeddingError::format(adapter.file(), format!("«{key}» should be «{expected}» and is {found:?}")))
            }
        };
        expect("general.type", "adapter")?;
        expect("adapter.type", "lora")?;
        match adapter.value("adapter.lora.alpha")? {
            Value::Float(alpha) => Ok(Self { base, adapter, alpha: *alpha }),
            found => Err(EmbeddingError::format(adapter.file(), format!("alpha should be a number and is {found:?}"))),
        }
    }
}

impl Weights for Adapted<'_> {
    fn file(&self) -> &str {
        self.base.file()
    }

    fn raw(&self, tensor: &str) -> Result<Raw<'_>, EmbeddingError> {
        self.base.raw(tensor)
    }

    fn numbers(&self, tensor: &str, shape: &[usize]) -> Result<Vec<f32>, EmbeddingError> {
        let mut numbers = self.base.numbers(tensor, shape)?;
        let (a, b) = (format!("{tensor}.lora_a"), format!("{tensor}.lora_b"));
        let (&[to, from], true) = (shape, self.adapter.holds(&a)) else { return Ok(numbers) };
        // A rank of nothing then is of the wrong shape.
        let rank = self.adapter.raw(&a)?.shape[0].max(1);
        let (a, b) = (self.adapter.numbers(&a, &[rank, from])?, self.adapter.numbers(&b, &[to, rank])?);
        #[expect(clippy::cast_precision_loss, reason = "ranks are far below 2^24")]
        let scale = self.alpha / rank as f32;
        for (row, shares) in numbers.chunks_exact_mut(from).zip(b.chunks_exact(rank)) {
            for (share, direction) in shares.iter().zip(a.chunks_exact(from)) {
                row.iter_mut().zip(direction).for_each(|(number, step)| *number += scale * share * step);
            }
        }
        Ok(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::super::weights::Format;
    use super::*;

    /// The name of a file with a matrix of two rows and three columns, all ones, by whatever name.
    struct Ones(&'static str);

    impl Weights for Ones {
        fn file(&self) -> &str {
            self.0
        }

        fn raw(&self, _: &str) -> Result<Raw<'_>, EmbeddingError> {
            Ok(Raw { format: Format::F32, shape: vec![2, 3], bytes: [1.0f32; 6].map(f32::to_le_bytes).concat().into() })
        }
    }

    /// An adapter of rank 1 for the matrix «m», with alpha 2.
    fn file(kind: &str) -> Vec<u8> {
        let text = |text: &str| [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat();
        let mut file = b"GGUF\x03\0\0\0\x02\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0".to_vec();
        for (key, value) in [("general.type", "adapter"), ("adapter.type", kind)] {
            file.extend([text(key), vec![8, 0, 0, 0], text(value)].concat());
        }
        file.extend([text("adapter.lora.alpha"), vec![6, 0, 0, 0], 2.0f32.to_le_bytes().to_vec()].concat());
        for (name, shape, start) in [("m.lora_a", [3u64, 1], 0u64), ("m.lora_b", [1, 2], 32)] {
            file.extend([text(name), 2u32.to_le_bytes().to_vec(), shape.map(u64::to_le_bytes).concat()].concat());
            file.extend([0u32.to_le_bytes().as_slice(), &start.to_le_bytes()].concat());
        }
        file.resize(file.len().next_multiple_of(32), 0);
        file.extend([1.0f32, 0.0, -1.0].map(f32::to_le_bytes).concat());
        file.resize(file.len().next_multiple_of(32), 0);
        file.extend([0.5f32, 3.0].map(f32::to_le_bytes).concat());
        file
    }

    #[test]
    fn an_adapter_moves_the_matrices_that_it_names_and_no_others() {
        let adapter = Gguf::parse("a", file("lora").into()).expect("a sound file");
        let adapted = Adapted::new(&Ones("base"), &adapter).expect("an adapter");
        assert_eq!(adapted.numbers("m", &[2, 3]).expect("numbers"), [2.0, 1.0, 0.0, 7.0, 1.0, -5.0]);
        assert_eq!(adapted.numbers("other", &[2, 3]).expect("numbers"), [1.0; 6]);
    }

    #[test]
    fn what_is_no_adapter_to_the_model_is_refused() {
        let other = Gguf::parse("a", file("ia3").into()).expect("a sound file");
        assert!(Adapted::new(&Ones("base"), &other).is_err());
        let adapter = Gguf::parse("a", file("lora").into()).expect("a sound file");
        let adapted = Adapted::new(&Ones("base"), &adapter).expect("an adapter");
        assert!(matches!(adapted.numbers("m", &[3, 2]), Err(EmbeddingError::Shape { .. })));
    }
}
