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
problem-file-unreadable = файл не читается: { $reason }
problem-file-unreadable-advice = Проверьте права доступа и сохраните файл заново как текст UTF-8.
problem-file-too-large = в файле { $megabytes } МБ; читается не больше { $limit } МБ
problem-file-too-large-advice = Разделите таблицу на проекты по периодам.
problem-file-outside = «{ $value }» не указывает на файл в папке `programmes`
problem-file-outside-advice = Положите текст в `programmes/` и укажите только его имя.
problem-table-twice = таблица есть и здесь, и в { $other }
problem-table-twice-advice = Оставьте один из двух файлов; прочитан только { $other }.
problem-not-utf8 = байт { $byte } строки — не UTF-8
problem-not-utf8-advice = Сохраните файл в кодировке UTF-8 (в Excel: «CSV UTF-8»).
problem-not-toml = не читается: { $reason }
problem-not-toml-advice = Исправьте указанное место; все поля описаны в docs/formats.md.
problem-not-json = строка — не JSON: { $reason }
problem-not-json-advice = Пишите по одному объекту JSON в строке, без переносов внутри.
problem-not-an-object = ожидается объект с именованными полями, найдено: { $found }
problem-not-an-object-advice = Запишите строку как {"{"}"id": …, "text": …{"}"}.
problem-not-text = ожидается текст, найдено: { $found }
problem-not-text-advice = Запишите один текст в кавычках.
problem-ragged-row = в строке { $found } ячеек, в заголовке — { $expected }
problem-ragged-row-advice = Текст с запятой или переносом строки нужно взять в кавычки.
problem-column-missing = нет столбца `{ $column }`; есть столбцы: { $found }
problem-column-missing-advice = Добавьте столбец или переименуйте подходящий.
problem-column-twice = столбец `{ $column }` встречается дважды
problem-column-twice-advice = Переименуйте или удалите один из двух.
problem-column-misspelt = столбец `{ $found }` неизвестен, а `{ $expected }` отсутствует
problem-column-misspelt-advice = Если имелся в виду `{ $expected }`, исправьте заголовок.
problem-empty = пусто
problem-empty-advice = Заполните ячейку или удалите строку.
problem-text-too-long = в тексте { $kilobytes } КБ; читается не больше { $limit } КБ
problem-text-too-long-advice = Проверьте, нет ли незакрытой кавычки; действительно длинный текст разделите.
problem-id-twice = id «{ $id }» уже есть в строке { $first }
problem-id-twice-advice = Дайте каждой строке свой id.
problem-id-broken = в id «{ $value }» есть пробелы или управляющие символы
problem-id-broken-advice = Используйте буквы, цифры, дефисы и точки.
problem-not-a-date = «{ $value }» — не дата
problem-not-a-date-advice = Пишите ГГГГ-ММ-ДД или период ГГГГ-ММ-ДД/ГГГГ-ММ-ДД.
problem-not-a-number = «{ $value }» — не число
problem-not-a-number-advice = Пишите только цифры; слова — в столбец `quote`.
problem-not-a-choice = «{ $value }» нет в списке: { $choices }
problem-not-a-choice-advice = Напишите одно из этих слов или оставьте ячейку пустой.
problem-dangling = «{ $value }» нет в `{ $table }`
problem-dangling-advice = { $nearest ->
        [empty] Добавьте его в `{ $table }` или исправьте написание.
        *[other] Имеется в виду «{ $nearest }»? Добавьте вариант написания в aliases или строку в `{ $table }`.
    }
problem-ambiguous = «{ $value }» может быть любым из: { $candidates }
problem-ambiguous-advice = Напишите id или более полное имя.
problem-date-outside-period = { $value } вне периода мониторинга { $period }
problem-date-outside-period-advice = Строка сохранена; если дата или период неверны, исправьте их.
problem-period-reversed = период { $value } кончается раньше, чем начинается
problem-period-reversed-advice = Сначала пишите более раннюю дату.
problem-reply-before-inquiry = ответ от { $value } старше запроса от { $inquiry }
problem-reply-before-inquiry-advice = Исправьте одну из двух дат.
problem-nothing-to-read = файл пуст
problem-nothing-to-read-advice = Впишите заголовок с названиями столбцов или удалите файл.
problems-more = … и ещё { $n }; все — с `--json`.

error-file = { $path }: { $reason }
error-model = { $file }: { $reason }
error-unknown = в проекте нет: { $what } «{ $name }»{ $hint }
error-problems = В таблицах проекта { $n ->
        [one] { $n } ошибка
        [few] { $n } ошибки
        *[other] { $n } ошибок
    }. Исправьте их или запустите с --keep-going, чтобы продолжить без этих строк.
error-internal = ошибка программы, а не ваших данных: { $reason }. Сообщите о ней вместе с введённой командой.
thing-inquiry = запрос
thing-promise = обещание
thing-split = часть разметки

help-usage = Использование
help-commands = Команды
help-options = Параметры
help-arguments = Аргументы
help-example = Пример:
help-exit-codes = Коды выхода: 0 готово · 1 готово, есть замечания · 2 неверный вызов · 3 входные данные непригодны · 4 внутренняя ошибка
help-saual = Связывает депутатские запросы с предвыборными обещаниями и показывает по каждому обещанию, какие есть свидетельства работы.
help-init = Начать проект: папка с monitor.toml и таблицами-образцами
help-check = Прочитать проект и сообщить обо всех ошибках в файлах, ничего не меняя
help-run = Сопоставить запросы с обещаниями, составить матрицу свидетельств, проверить опубликованные итоги; записать таблицы и страницу
help-eval = Измерить качество связей и тем по эталонной разметке рядом с двумя базовыми методами
help-train = Обучить модель связей на эталонной разметке части train
help-query = Найти обещания проекта по своему тексту, с объяснениями
help-explain = Показать, из чего сложилась оценка запроса и обещания
help-completions = Вывести скрипт автодополнения для оболочки
help-arg-dir = Папка проекта
help-arg-project = Папка проекта
help-arg-out = Куда записать
help-arg-split = Чьи обещания брать: train, dev, test или all
help-arg-name = Имя и версия модели
help-arg-text = Текст
help-arg-top = Сколько обещаний показать
help-arg-inquiry = id запроса
help-arg-promise = id обещания
help-arg-shell = Оболочка
help-arg-keep-going = Продолжать без строк с ошибками
help-arg-model = Другая модель связей (файл .toml, см. `saual train`)
help-arg-beyond = Оценивать также N лучших обещаний других авторов для каждого запроса
help-arg-cache = Папка для индекса [по умолчанию .saual в проекте]
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

init-exists = файл уже есть; ничего не записано
init-done = Проект { $dir } создан. Заполните таблицы, затем: saual check { $dir }
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
evidence-awaiting = из них без свидетельств, но с запросами для проверки человеком: { $n }
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
topics-title = Запросы по общественно значимым темам (у запроса может быть несколько тем)
audit-title = Опубликованные цифры: расхождений { $n }, проверок { $checks }

audit-restated-finding = { $group }, { $measure }: опубликованы разные значения — { $published }
audit-restated-holds = { $group }, { $measure }: опубликовано несколько раз, везде { $published }
audit-sum-of-parts-finding = { $group }, { $measure }: опубликовано { $published }, но части дают { $sum }{ $counted }
audit-sum-of-parts-holds = { $group }, { $measure }: { $sum }{ $counted } сходится
audit-sum-of-rows-finding = { $group }, { $measure }: опубликовано { $published }, но строки ({ $rows }) дают { $sum }{ $counted }
audit-sum-of-rows-holds = { $group }, { $measure }: строки ({ $rows }) дают { $counted }, как и опубликовано
audit-headcount-finding = { $group }: опубликовано депутатов { $published }, в таблице людей — { $counted }
audit-headcount-holds = { $group }: депутатов { $counted }, как и опубликовано
audit-average-finding = { $group }, { $measure }: опубликовано { $published }, но деление даёт { $counted }
audit-average-holds = { $group }, { $measure }: { $published } согласуется с { $counted }
audit-other-finding = { $group }, { $measure }: опубликовано { $published }, подсчитано { $counted }
audit-other-holds = { $group }, { $measure }: подсчитано { $counted }, как и опубликовано

status-programme-not-obtained = программа не получена
status-untestable = проверить невозможно
status-no-evidence = свидетельств не найдено
status-co-signed = подписан запрос коллеги
status-initiated = направлен запрос
status-answered = на запрос получен ответ
status-acted = есть действие
status-outcome-verified = результат подтверждён
status-contradicted = есть противоречащее свидетельство
empty-not-obtained = Программа не получена: судить не о чем.
empty-no-inquiries = В проекте нет запросов этого автора.
empty-no-match = Ни один запрос автора не похож на это обещание.
empty-awaits-review = Есть запросы, которые могут к нему относиться: нужна проверка человеком.
zone-suggest = предлагаемая связь
zone-review = на проверку человеку
zone-leave = не предлагается

comparison-prior = до сравнения
comparison-coverage = слова обещания, найденные в запросе
comparison-focus = то же в заголовке и самой просьбе
comparison-contrast = больше, чем у запросов в среднем
comparison-rank = близость по сравнению с другими обещаниями
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
level-own = собственное
level-co-signed = подписавшего
level-party = партии
level-all = чужое
level-initiator = инициатор
level-cosigner = подписавший
shared-words = Общие слова
query-nothing = Ни одно обещание не имеет общих слов с этим текстом.
explain-out-of-scope = { $promise } не принадлежит никому из авторов { $inquiry }; чтобы оценить и его, добавьте --beyond 1000.
eval-title = Часть «{ $split }»: запросов { $inquiries } (со связью — { $linked }), размеченных пар { $pairs }, связей { $links }
eval-interval = [95-процентный интервал, бутстрэп по запросам, 1000 выборок]
eval-topics = Темы: макро-F1 { $f1 }
train-done = { $file }: обучено на { $pairs } парах ({ $links } связей) { $owners } авторов; штраф { $penalty }, логарифмические потери на отложенных авторах { $loss }

measure-deputies = депутаты
measure-inquiries-initiated = инициированные запросы
measure-inquiries-cosigned = подписанные запросы
measure-meetings-in-district = встречи в своём округе
measure-meetings-out-of-district = встречи вне округа
measure-districts = округа
measure-candidates = кандидаты
measure-candidates-per-seat = кандидатов на место
measure-activists = активисты
measure-regions = регионы
measure-theses = тезисы
measure-convocation = номер созыва
measure-problem-groups = группы проблем
measure-profiles-without-meetings = профили без сведений о встречах
group-none = не указано
