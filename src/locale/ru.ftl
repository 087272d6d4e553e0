# Русский. По одному предложению на ключ; те же ключи — в kk.ftl и en.ftl.

error = ошибка
warning = предупреждение
count-inquiries = { $n ->
        [one] { $n } запрос
        [few] { $n } запроса
        *[other] { $n } запросов
    }
count-promises = { $n ->
        [one] { $n } обещание
        [few] { $n } обещания
        *[other] { $n } обещаний
    }

problem-file-missing = такого файла нет; ожидается { $expected }
problem-file-missing-advice = Добавьте файл или начните с `saual init`.
problem-file-unreadable = не удалось прочитать файл: { $reason }
problem-file-unreadable-advice = Проверьте права доступа и сохраните файл заново как текст UTF-8.
problem-file-too-large = размер файла — { $megabytes } МБ; можно прочитать не больше { $limit } МБ
problem-file-too-large-advice = Разделите таблицу по периодам на несколько проектов.
problem-file-outside = «{ $value }» не указывает на файл в папке `programmes`
problem-file-outside-advice = Положите текст в `programmes/` и укажите только имя файла.
problem-table-twice = таблица есть и здесь, и в файле { $other }
problem-table-twice-advice = Оставьте один из двух файлов; прочитан только { $other }.
problem-not-utf8 = байт { $byte } в строке не соответствует UTF-8
problem-not-utf8-advice = Сохраните файл в кодировке UTF-8 (в Excel — «CSV UTF-8»).
problem-not-toml = не удалось прочитать: { $reason }
problem-not-toml-advice = Исправьте указанное место; все поля описаны в docs/formats.md.
problem-not-json = строка не в формате JSON: { $reason }
problem-not-json-advice = Пишите по одному объекту JSON в строке, без переносов внутри.
problem-not-an-object = ожидается объект с именованными полями, найдено: { $found }
problem-not-an-object-advice = Запишите строку как {"{"}"id": …, "text": …{"}"}.
problem-not-text = ожидается текст, найдено: { $found }
problem-not-text-advice = Запишите текст в кавычках.
problem-ragged-row = ячеек в строке — { $found }, в заголовке — { $expected }
problem-ragged-row-advice = Текст с запятой или переносом строки нужно заключить в кавычки.
problem-quote-open = здесь открыта кавычка, которая нигде не закрыта: остаток файла попал в эту строку
problem-quote-open-advice = Закройте кавычку или, если она часть текста, напишите её дважды ("").
problem-column-missing = нет столбца `{ $column }`; имеющиеся столбцы: { $found }
problem-column-missing-advice = Добавьте столбец или переименуйте подходящий.
problem-column-twice = столбец `{ $column }` встречается дважды
problem-column-twice-advice = Один из двух переименуйте или удалите.
problem-column-misspelt = столбец `{ $found }` неизвестен, а `{ $expected }` отсутствует
problem-column-misspelt-advice = Если имелся в виду `{ $expected }`, исправьте заголовок.
problem-empty = значение не указано
problem-empty-advice = Заполните ячейку или удалите строку.
problem-text-too-long = размер текста — { $kilobytes } КБ; можно прочитать не больше { $limit } КБ
problem-text-too-long-advice = Проверьте, нет ли незакрытой кавычки; действительно длинный текст разделите.
problem-id-twice = id «{ $id }» уже есть в строке { $first }
problem-id-twice-advice = Дайте каждой строке свой id.
problem-id-broken = в id «{ $value }» есть пробелы или управляющие символы
problem-id-broken-advice = Используйте буквы, цифры, дефисы и точки.
problem-not-a-date = «{ $value }» — не дата
problem-not-a-date-advice = Пишите ГГГГ-ММ-ДД или период ГГГГ-ММ-ДД/ГГГГ-ММ-ДД.
problem-not-a-number = «{ $value }» — не число
problem-not-a-number-advice = Пишите только цифры; слова запишите в столбец `quote`.
problem-not-a-choice = «{ $value }» нет среди допустимых значений: { $choices }
problem-not-a-choice-advice = Укажите одно из этих значений или оставьте ячейку пустой.
problem-dangling = «{ $value }» нет в таблице `{ $table }`
problem-dangling-advice = { $nearest ->
        [empty] Добавьте это значение в таблицу `{ $table }` или исправьте написание.
        *[other] Имеется в виду «{ $nearest }»? Добавьте этот вариант написания в столбец aliases или новую строку в таблицу `{ $table }`.
    }
problem-ambiguous = «{ $value }» подходит к нескольким записям: { $candidates }
problem-ambiguous-advice = Укажите id или более полное имя.
problem-date-outside-period = { $value } выходит за пределы периода мониторинга ({ $period })
problem-date-outside-period-advice = Строка сохранена; если дата или период неверны, исправьте их.
problem-period-reversed = период { $value } заканчивается раньше, чем начинается
problem-period-reversed-advice = Первой укажите более раннюю дату.
problem-reply-before-inquiry = ответ от { $value } датирован раньше запроса от { $inquiry }
problem-reply-before-inquiry-advice = Исправьте одну из двух дат.
problem-nothing-to-read = файл пуст
problem-nothing-to-read-advice = Впишите заголовок с названиями столбцов или удалите файл.
problems-more = … и ещё { $n }; полный список — с `--json`.

error-file = { $path }: { $reason }
error-not-found = такого файла или папки нет
error-not-allowed = доступ запрещён
error-out-is-project = это сама папка проекта; выберите для результатов другую
error-model = { $file }: { $reason }
error-encoder = Модель предложений: { $reason }
error-unknown = в проекте нет { $what } «{ $name }»{ $hint }
error-problems = в таблицах проекта { $n ->
        [one] { $n } ошибка
        [few] { $n } ошибки
        *[other] { $n } ошибок
    }. Исправьте их или запустите команду с --keep-going, чтобы продолжить без этих строк.
error-internal = сбой в самой программе, а не в ваших данных: { $reason }. Сообщите о нём, приложив введённую команду.
# родительный падеж: «нет запроса»
thing-inquiry = запроса
thing-promise = обещания
thing-split = части разметки

help-usage = Использование
help-commands = Команды
help-options = Параметры
help-arguments = Аргументы
help-example = Пример:
help-exit-codes = Коды выхода: 0 выполнено · 1 выполнено, есть замечания · 2 неверный вызов · 3 входные данные непригодны · 4 внутренняя ошибка
help-saual = Связывает депутатские запросы с предвыборными обещаниями и показывает по каждому обещанию, какие есть свидетельства работы.
help-init = Начать проект: папка с monitor.toml и таблицами-образцами
help-check = Прочитать проект и сообщить обо всех ошибках в файлах, ничего не меняя
help-run = Сопоставить запросы с обещаниями, составить матрицу свидетельств, проверить опубликованные итоги; сохранить таблицы и страницу
help-eval = Измерить качество связей и тем по эталонной разметке в сравнении с двумя базовыми методами либо, по имени, другую часть
help-train = Обучить модель связей на эталонной разметке части train
help-query = Найти в проекте обещания, близкие к вашему тексту, с пояснениями
help-explain = Показать, из чего сложилась оценка связи запроса с обещанием
help-completions = Вывести скрипт автодополнения для командной оболочки
help-arg-dir = Папка проекта
help-arg-project = Папка проекта
help-arg-out = Куда сохранить результат
help-arg-split = Чьи обещания брать: train, dev, test или all
help-arg-frequencies = Записать также частоты слов проекта по документам
help-arg-name = Название и версия модели
help-arg-text = Текст
help-arg-top = Сколько обещаний показать
help-arg-inquiry = id запроса
help-arg-promise = id обещания
help-arg-shell = Командная оболочка
help-arg-keep-going = Продолжать без строк с ошибками
help-arg-model = Другая модель связей (файл .toml, см. `saual train`)
help-arg-beyond = Оценивать для каждого запроса и N ближайших обещаний других авторов
help-arg-cache = Папка для индекса [по умолчанию .saual в проекте]
help-arg-help = Показать справку
help-arg-version = Показать версию
help-arg-json = Выводить данные в JSON
help-arg-quiet = Выводить только данные и ошибки
help-arg-lang = Язык сообщений: kk, ru или en [по умолчанию — из системы]
help-arg-threads = Число потоков [по умолчанию — по числу ядер]
example-init = saual init moi-proekt
example-check = saual check corpus/mazhilis-2023
example-run = saual run corpus/mazhilis-2023 --out out --lang ru
example-eval = saual eval corpus/oblast-x
example-train = saual train corpus/oblast-x --out links.toml
example-query = saual query "В селе месяц нет чистой воды" --project corpus/oblast-x
example-explain = saual explain kuspan-a-q02 kuspan-a-p02 --project corpus/mazhilis-2023
example-completions = saual completions bash > saual.bash

init-exists = файл уже существует; ничего не записано
init-done = Проект { $dir } создан. Заполните таблицы, затем выполните: saual check { $dir }
check-good = Людей: { $people }, пунктов программ: { $promises }, запросов: { $inquiries }. Ошибок нет, предупреждений: { $warnings }.
check-bad = Ошибок: { $errors }, предупреждений: { $warnings }. Прочитано: людей { $people }, пунктов { $promises }, запросов { $inquiries }.
step-reading = чтение текстов
step-indexing = индексация пунктов
step-linking = сопоставление запросов
step-weighing = оценка свидетельств

run-counts = людей: { $people } · обещаний: { $promises } · запросов: { $inquiries } · оценено пар: { $links }
run-written = Записано в { $dir }/: { $files }
run-open = Откройте { $page } в браузере.
evidence-title = Свидетельства работы по обещаниям
evidence-awaiting = обещаний без свидетельств, но с запросами, которые должен проверить человек: { $n }
evidence-caveat = Связи предложены моделью. Ни один статус не означает, что обещание выполнено.
column-owner = чьи обещания
column-promises = обещаний
column-evidence = со свидетельствами
column-awaiting = на проверку
column-comparison = сравнение
column-found = найдено
column-weight = вес
owners-more = … и ещё { $n }
owners-without = Людей, чьих обещаний в проекте нет: { $n }
topics-title = Запросы по общественно значимым темам (один запрос может относиться к нескольким)
audit-title = Опубликованные показатели: проверок — { $checks }, расхождений — { $n }

audit-restated-finding = { $group }, { $measure }: опубликованы разные значения — { $published }
audit-restated-holds = { $group }, { $measure }: опубликовано несколько раз, везде — { $published }
audit-sum-of-parts-finding = { $group }, { $measure }: опубликовано { $published }, но в сумме по частям — { $sum }{ $counted }
audit-sum-of-parts-holds = { $group }, { $measure }: { $sum }{ $counted }, сумма сходится
audit-sum-of-rows-finding = { $group }, { $measure }: опубликовано { $published }, но сумма по строкам ({ $rows }) — { $sum }{ $counted }
audit-sum-of-rows-holds = { $group }, { $measure }: сумма по строкам ({ $rows }) — { $counted }, как и опубликовано
audit-headcount-finding = { $group }: опубликованное число депутатов — { $published }, в таблице людей — { $counted }
audit-headcount-holds = { $group }: число депутатов — { $counted }, как и опубликовано
audit-average-finding = { $group }, { $measure }: опубликовано { $published }, но при делении получается { $counted }
audit-average-holds = { $group }, { $measure }: { $published } согласуется с { $counted }
audit-other-finding = { $group }, { $measure }: опубликовано { $published }, но подсчитано { $counted }
audit-other-holds = { $group }, { $measure }: подсчитано { $counted }, как и опубликовано

status-programme-not-obtained = программа не получена
status-untestable = проверить невозможно
status-no-evidence = свидетельств не найдено
status-co-signed = подписан запрос коллеги
status-initiated = направлен запрос
status-answered = на запрос получен ответ
status-acted = предприняты действия
status-outcome-verified = результат подтверждён
status-contradicted = есть свидетельства обратного
empty-not-obtained = Программа не получена: сделать выводы нельзя.
empty-no-inquiries = В проекте нет запросов этого автора.
empty-no-match = Ни один запрос автора не похож на это обещание.
empty-awaits-review = Есть запросы, которые могут относиться к этому обещанию: их должен проверить человек.
zone-suggest = предлагаемая связь
zone-review = должен проверить человек
zone-leave = не предлагается

comparison-prior = до сравнения
comparison-coverage = слова обещания, найденные в запросе
comparison-focus = то же — в заголовке и в самой просьбе
comparison-contrast = сходство сверх среднего по запросам
comparison-rank = близость по сравнению с другими обещаниями автора
comparison-rare-term = самое редкое общее слово
comparison-place = место
comparison-number = число
comparison-institution = учреждение
comparison-topic = общая тема
comparison-scope = чьё обещание
comparison-role = роль в запросе
comparison-sum = оценка (логарифм шансов)
level-shared = совпадает
level-elsewhere = другое
level-unnamed = не указано
level-none = общего нет
level-role-none = не участвовал
level-own = собственное
level-co-signed = подписавшего
level-party = партии
level-all = чужое
level-initiator = инициатор
level-cosigner = подписавший
shared-words = Общие слова
query-nothing = Обещаний, имеющих общие слова с этим текстом, не нашлось.
explain-out-of-scope = Обещание { $promise } не принадлежит никому из участников запроса { $inquiry }; чтобы всё же оценить его, добавьте --beyond 1000.
eval-title = Часть «{ $split }»: запросов { $inquiries } (со связью — { $linked }), размеченных пар { $pairs }, связей { $links }
eval-interval = [95-процентный доверительный интервал, бутстрэп по запросам, 1000 выборок]
eval-topics = Темы: макро-F1 { $f1 }
train-done = { $file }: модель обучена; авторов — { $owners }, пар — { $pairs }, из них связей — { $links }; коэффициент регуляризации { $penalty }, логарифмические потери на отложенных авторах { $loss }

measure-deputies = депутаты
measure-inquiries-initiated = инициированные запросы
measure-inquiries-cosigned = подписанные запросы
measure-meetings-in-district = встречи в своём округе
measure-meetings-out-of-district = встречи вне округа
measure-districts = округа
measure-candidates = кандидаты
measure-candidates-per-seat = число кандидатов на место
measure-activists = активисты
measure-regions = регионы
measure-theses = тезисы
measure-convocation = номер созыва
measure-problem-groups = группы проблем
measure-profiles-without-meetings = профили без сведений о встречах
group-none = не указано
page-fictional = Всё здесь вымышлено: люди, партии, места и тексты. Любое сходство случайно.
page-source = Источник
page-matrix = Матрица свидетельств
page-matrix-how = Один квадрат — одно обещание. Знак и оттенок показывают, какие есть свидетельства работы; нажмите на квадрат, чтобы прочитать их.
page-look = в рамке: есть также запросы, которые должен проверить человек
page-cells = обещания
page-without = В проекте нет обещаний следующих людей ({ $n }); об их работе это ничего не говорит:
page-evidence = Свидетельства по каждому обещанию
page-evidence-how = Под каждым обещанием: кто, что и когда сделал, какой фрагмент об этом говорит и почему модель связывает одно с другим. Отмечены общие слова: формы одного слова или слова с одинаковым значением на казахском и русском.
page-party-programme = программа партии
page-probability = вероятность
page-why = Почему эта связь?
page-awaiting = Должен проверить человек:
page-diagrams = Диаграммы
page-diagrams-how = Доступность и происхождение программ, запросы по фракциям и депутатам, встречи с избирателями. Сами по себе числа не говорят о верности обещаниям: не составляйте по ним рейтинги.
page-as-table = в виде таблицы
source-published = Как опубликовано в источнике.
source-counted = Подсчитано по таблицам проекта.
diagram-availability = 1. Доступность программ, число депутатов
diagram-origin = 2. Происхождение программ, число депутатов
diagram-factions = 3. Депутаты и запросы по фракциям
diagram-deputies = 4. Запросы по депутатам
diagram-meetings = 5. Встречи с избирателями по депутатам
availability-open = найдена в открытых источниках
availability-on-request = прислана по запросу
availability-not-obtained = не получена
availability-unknown = не указано
origin-own = собственная
origin-own-and-party = собственная и партийная
origin-party = только партийная
origin-none = программы нет
origin-unknown = не указано
page-topics = Общественно значимые темы
page-topics-how = Запросы по темам и фракциям инициаторов. Запрос может касаться нескольких тем или ни одной; в скобках — слова, по которым определена тема.
page-topic = тема
page-all = всего
page-audit = Сходятся ли опубликованные показатели?
page-audit-how = Проверено соотношений между опубликованными показателями: { $checks }; не сходятся: { $n }. К каждому расхождению приведены слова источника.
page-against = сопоставлено с показателями: { $n }
page-adds-up = Что сходится
page-inquiries = Запросы
page-addressee = кому
page-cosigners = подписали
page-topics-of = темы
page-suggested = предлагаемые обещания
page-method = Как это сделано
page-method-linking = Каждый запрос сопоставлен со всеми обещаниями инициатора, подписавших его депутатов и их партий; всего пар: { $pairs }. Модель с понятными человеку весами присвоила каждой паре вероятность; пары выше порога ({ $suggested }) показаны как свидетельства. Подтверждает или отклоняет их человек.
page-method-ladder = Статусы — это лестница свидетельств. Запрос не поднимает обещание выше ступени «направлен запрос», ответ — выше ступени «на запрос получен ответ»; для большего нужна запись о результате с указанием источника.
page-method-limits = Модель опирается на слова и двуязычный глоссарий, а не на смысл: связи без общих терминов она пропускает, а предложенная связь может быть ошибочной. Отсутствие записи в таблицах не доказывает бездействия.
page-link-model = модель связей
page-analyzer = языковые таблицы
page-taxonomy = классификатор тем
page-inputs = Входные файлы и их хеши
page-footer = Сделано с помощью saual. Связи — предложения модели; ни один статус не означает, что обещание выполнено или нарушено.
page-caveat = Эта страница показывает, какие есть свидетельства работы по обещаниям, а не то, выполнены ли они.
page-partial = Здесь собрана лишь часть запросов: отсутствие связи ничего не означает.
page-left-out = Пропущено строк с ошибками: { $n }.
tile-evidence = обещания со свидетельствами работы (из всех обещаний)
tile-awaiting = кроме того, обещания с запросами, которые должен проверить человек
tile-linked = запросы, связанные с обещаниями (из всех запросов)
tile-findings = несходящиеся соотношения опубликованных показателей (из всех проверенных)
act-initiated = Направлен запрос
act-co-signed = Подписан запрос
act-reply = Ответ
act-meeting = Встреча с избирателями
act-outcome = Результат, о котором сообщает источник

help-text = Инструменты для конвейера: строка текста на входе — строка на выходе (stem, language, cyrillic, fold)
help-people = Узнать, о ком речь: имя в строке на входе — объект JSON в строке на выходе
help-segment = Разделить текст программы на пункты, по объекту JSON в строке
help-arg-tool = Что делать с каждой строкой
help-arg-people = Таблица людей
help-arg-file = Файл с текстом
example-text = echo "о питьевой воде" | saual text stem --lang ru
example-people = echo "А.Куспан" | saual people resolve --people corpus/mazhilis-2023/people.csv
example-segment = saual segment tests/fixtures/programme.txt

## saual eval analysis
help-analysis = Измерить на своих размеченных файлах качество основ, языков, письменностей, исправления помех и имён
example-analysis = saual eval analysis kk=forms.tsv pairs.tsv
help-arg-files = ФАЙЛ или ЯЗЫК=ФАЙЛ: словоформы с леммами, пары предложений, предложения или упоминания имён; вид определяется по заголовку
figure-measure = Показатель
figure-of = Для чего
figure-count = Число
figure-value = Значение
figure-interval = 95 %
figure-data = Данные
figure-stem-precision = Основы: точность по парам
figure-stem-recall = Основы: полнота по парам
figure-stem-f1 = Основы: F1 по парам
figure-language-word = Язык отдельного слова
figure-language-word-no-names = Язык отдельного слова без имён собственных
figure-language-sentence = Язык предложения
figure-language-plain = Язык казахского текста без казахских букв
figure-noise-raw = Помехи: полнота по исходным словам
figure-noise-recall = Помехи: полнота по основам
figure-noise-jaccard = Помехи: коэффициент Жаккара по основам
figure-noise-collisions = Помехи: совпавшие основы чистого текста
figure-script-round-trip = Письменности: слова без изменений после перевода туда и обратно
figure-names-right = Имена: верно определённые упоминания
figure-names-surely-wrong = Имена: ошибки при уверенности от 0,9

## Encoders
help-arg-encoder = Какие векторы: static, bundled или папка со своей моделью
