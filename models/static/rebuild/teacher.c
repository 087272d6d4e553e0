/* Sentence vectors of the teacher in single precision.
 *
 * Takes UTF-8 texts; gives mean-pooled, unit-length vectors of the last layer.
 * The tokenizer and the loader are those of the package's own C source, which
 * is included where it is installed (-DE5_SOURCE="\".../e5.c\""); the weights
 * are expanded to f32 once, so no activation is quantised. One thread.
 * Texts are cut at `cap` pieces. Not thread safe. */
#include E5_SOURCE

typedef float v16 __attribute__((vector_size(64), aligned(64)));
typedef float v16u __attribute__((vector_size(64), aligned(4)));

typedef struct { int nout, nin; float *panel; const float *bias; } dense;
typedef struct { dense q, k, v, o, up, down; } dense_layer;
static dense_layer *LAYERS;

#define NR 64 /* outputs of a panel */
#define MR 6  /* tokens of a tile */

static dense expand(const block_q4_0 *w, const float *bias, int nout, int nin) {
    dense d = {nout, nin, NULL, bias};
    d.panel = aligned_alloc(64, sizeof(float) * (size_t)nout * nin);
    float *row = malloc(sizeof(float) * nin);
    for (int o = 0; o < nout; o++) {
        deq_row(w + (size_t)o * (nin / QK), nin, row);
        float *p = d.panel + (size_t)(o / NR) * NR * nin + o % NR;
        for (int i = 0; i < nin; i++) p[(size_t)i * NR] = row[i];
    }
    free(row);
    return d;
}

int teacher_prepare(e5_model *m) {
    if (m->H % NR || m->FF % NR) return -1;
    LAYERS = calloc(m->NL, sizeof *LAYERS);
    for (int l = 0; l < m->NL; l++) {
        layer_t *y = &m->layers[l];
        LAYERS[l] = (dense_layer){
            expand(y->qw, y->qb, m->H, m->H), expand(y->kw, y->kb, m->H, m->H),
            expand(y->vw, y->vb, m->H, m->H), expand(y->aow, y->aob, m->H, m->H),
            expand(y->fiw, y->fib, m->FF, m->H), expand(y->fow, y->fob, m->H, m->FF)};
    }
    return 0;
}

#define TILE(ROWS)                                                                    \
    static void tile_##ROWS(const float *x, const float *p, const float *b, float *y, \
                            int nin, int nout) {                                      \
        v16 acc[ROWS][4];                                                             \
        for (int r = 0; r < ROWS; r++)                                                \
            for (int c = 0; c < 4; c++) acc[r][c] = *(const v16u *)(b + 16 * c);      \
        for (int i = 0; i < nin; i++, p += NR) {                                      \
            v16 w0 = *(v16 *)p, w1 = *(v16 *)(p + 16), w2 = *(v16 *)(p + 32),         \
                w3 = *(v16 *)(p + 48);                                                \
            for (int r = 0; r < ROWS; r++) {                                          \
                float s = x[(size_t)r * nin + i];                                     \
                acc[r][0] += s * w0; acc[r][1] += s * w1;                             \
                acc[r][2] += s * w2; acc[r][3] += s * w3;                             \
            }                                                                         \
        }                                                                             \
        for (int r = 0; r < ROWS; r++)                                                \
            for (int c = 0; c < 4; c++) *(v16u *)(y + (size_t)r * nout + 16 * c) = acc[r][c]; \
    }
TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)

static void apply(const dense *d, const float *x, float *y, int T) {
    for (int o = 0; o < d->nout; o += NR) {
        const float *p = d->panel + (size_t)o * d->nin;
        for (int t = 0; t < T; t += MR) {
            const float *xx = x + (size_t)t * d->nin;
            float *yy = y + (size_t)t * d->nout + o;
            switch (T - t < MR ? T - t : MR) {
            case 1: tile_1(xx, p, d->bias + o, yy, d->nin, d->nout); break;
            case 2: tile_2(xx, p, d->bias + o, yy, d->nin, d->nout); break;
            case 3: tile_3(xx, p, d->bias + o, yy, d->nin, d->nout); break;
            case 4: tile_4(xx, p, d->bias + o, yy, d->nin, d->nout); break;
            case 5: tile_5(xx, p, d->bias + o, yy, d->nin, d->nout); break;
            default: tile_6(xx, p, d->bias + o, yy, d->nin, d->nout);
            }
        }
    }
}

/* erf by Abramowitz and Stegun 7.1.26 (absolute error below 2e-7) */
static void gelu_all(float *x, size_t n) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        float z = fabsf(x[i]) * 0.70710678f, t = 1.f / (1.f + 0.3275911f * z);
        float e = 1.f - t * (0.254829592f + t * (-0.284496736f + t * (1.421413741f +
                  t * (-1.453152027f + t * 1.061405429f)))) * expf(-z * z);
        x[i] = 0.5f * x[i] * (1.f + (x[i] < 0 ? -e : e));
    }
}

static void attend(const e5_model *m, const float *q, const float *k, const float *v, float *ctx,
                   const int *off, int n) {
    int H = m->H, hd = m->hd;
    float *pr = malloc(sizeof(float) * m->MAXP);
    float scale = 1.f / sqrtf((float)hd);
    for (int s = 0; s < n; s++)
        for (int h = 0; h < m->NH; h++)
            for (int t = off[s]; t < off[s + 1]; t++) {
                const float *qh = q + (size_t)t * H + h * hd;
                float mx = -1e30f, sum = 0;
                int L = off[s + 1] - off[s];
                for (int u = 0; u < L; u++) {
                    const float *kh = k + (size_t)(off[s] + u) * H + h * hd;
                    float d = 0;
                    for (int e = 0; e < 32; e++) d += qh[e] * kh[e];
                    pr[u] = d * scale;
                    if (pr[u] > mx) mx = pr[u];
                }
                for (int u = 0; u < L; u++) pr[u] = expf(pr[u] - mx), sum += pr[u];
                float c[32] = {0};
                for (int u = 0; u < L; u++) {
                    const float *vh = v + (size_t)(off[s] + u) * H + h * hd;
                    for (int e = 0; e < 32; e++) c[e] += pr[u] * vh[e];
                }
                for (int e = 0; e < 32; e++) ctx[(size_t)t * H + h * hd + e] = c[e] / sum;
            }
    free(pr);
}

/* out: n x H. Returns the number of pieces read, negative on error. */
long teacher_embed(e5_model *m, const char **texts, int n, int is_query, int cap, float *out) {
    const char *prefix = is_query ? "query: " : "passage: ";
    int H = m->H, T = 0;
    if (m->hd != 32 || cap > m->MAXP - 2) return -1;
    int *ids = malloc(sizeof(int) * (size_t)n * (cap + 2)), *pos = malloc(sizeof(int) * (size_t)n * (cap + 2));
    int *off = malloc(sizeof(int) * (n + 1));
    off[0] = 0;
    for (int i = 0; i < n; i++) {
        size_t len = strlen(prefix) + strlen(texts[i]);
        char *buf = malloc(len + 1);
        strcpy(buf, prefix); strcat(buf, texts[i]);
        ids[T] = m->tok.bos;
        int c = tok_content(&m->tok, buf, ids + T + 1, cap);
        ids[T + 1 + c] = m->tok.eos;
        for (int j = 0; j < c + 2; j++) pos[T + j] = j;
        T += c + 2;
        off[i + 1] = T;
        free(buf);
    }
    size_t th = sizeof(float) * (size_t)T * H;
    float *x = malloc(th), *q = malloc(th), *k = malloc(th), *v = malloc(th), *ctx = malloc(th), *y = malloc(th);
    float *mid = malloc(sizeof(float) * (size_t)T * m->FF);
    for (int t = 0; t < T; t++) {
        float *r = x + (size_t)t * H;
        deq_row(m->word + (size_t)ids[t] * m->nb_word, H, r);
        for (int i = 0; i < H; i++) r[i] += m->pos[(size_t)pos[t] * H + i] + m->type[i];
    }
    add_layernorm(x, NULL, m->eln_w, m->eln_b, T, H, m->eps);
    for (int l = 0; l < m->NL; l++) {
        layer_t *w = &m->layers[l];
        dense_layer *d = &LAYERS[l];
        apply(&d->q, x, q, T); apply(&d->k, x, k, T); apply(&d->v, x, v, T);
        attend(m, q, k, v, ctx, off, n);
        apply(&d->o, ctx, y, T);
        add_layernorm(x, y, w->aln_w, w->aln_b, T, H, m->eps);
        apply(&d->up, x, mid, T);
        gelu_all(mid, (size_t)T * m->FF);
        apply(&d->down, mid, y, T);
        add_layernorm(x, y, w->oln_w, w->oln_b, T, H, m->eps);
    }
    for (int s = 0; s < n; s++) {
        float *o = out + (size_t)s * H, norm = 0;
        for (int i = 0; i < H; i++) o[i] = 0;
        for (int t = off[s]; t < off[s + 1]; t++)
            for (int i = 0; i < H; i++) o[i] += x[(size_t)t * H + i];
        for (int i = 0; i < H; i++) norm += o[i] * o[i];
        norm = 1.f / sqrtf(norm);
        for (int i = 0; i < H; i++) o[i] *= norm;
    }
    free(ids); free(pos); free(off); free(x); free(q); free(k); free(v); free(ctx); free(y); free(mid);
    return T;
}
